import { once } from 'node:events';
import type { startCli } from '../support/run-cli.ts';

/** The code with which a process ends after a signal, and how long it takes to, in milliseconds. */
export async function endedBy(
  child: ReturnType<typeof startCli>,
  signal: NodeJS.Signals,
): Promise<readonly [unknown, number]> {
  const started = performance.now();
  child.kill(signal);
  const [code] = await once(child, 'close');
  return [code, performance.now() - started];
}
