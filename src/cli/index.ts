import type { Interruption } from '../engine/interrupt.ts';
import { main } from './main.ts';

/** Runs this process's command line. Sets the exit code and lets Node drain: `process.exit` would cut a pipe short. */
export async function runProcess(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    folder: process.cwd(),
    clock: Date.now,
    signal: interruptions(),
  });
}

/** Aborts on the first SIGINT or SIGTERM; a second one ends the process at once, as it would any other. */
function interruptions(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => controller.abort(name satisfies Interruption));
  }
  return controller.signal;
}
