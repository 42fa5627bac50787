import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const PROGRAM = join(import.meta.dirname, '../../../bin/audit-extract.js');
const LOOP_DELAY = pathToFileURL(join(import.meta.dirname, 'loop-delay.js')).href;
const JSON_BODY = { 'x-user': 'bench', 'content-type': 'application/json' };

/** How long the thread that answers kept others waiting, in milliseconds. */
export interface LoopDelay {
  readonly max: number;
  readonly p99: number;
}

/** A server that is measured. */
export interface MeasuredServer {
  readonly url: string;
  /** Starts one run after the other until it is told to stop, and gives how many came to their end. */
  keepRunning(): { stop(): Promise<number> };
  stop(): Promise<LoopDelay>;
}

/** Serves a graph as its user does, and watches its event loop. */
export async function startMeasured(source: string, target: string): Promise<MeasuredServer> {
  const file = `${target}.loop-delay.json`;
  const args = ['serve', '-s', source, '-t', target, '--port', '0', '--json', '--rate-limit', '1000000'];
  const child = spawn(process.execPath, ['--import', LOOP_DELAY, PROGRAM, ...args], {
    env: { ...process.env, BENCH_LOOP_DELAY: file },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      said += part;
      if (said.endsWith('}\n')) resolve(JSON.parse(said).url);
    });
  });
  child.kill('SIGUSR2');
  return {
    url,
    keepRunning: () => keepRunning(url),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
      return JSON.parse(readFileSync(file, 'utf8'));
    },
  };
}

function keepRunning(url: string) {
  let isWanted = true;
  const done = (async () => {
    for (let runs = 0; ; runs++) {
      if (!isWanted) return runs;
      const started = await fetch(new URL('/runs', url), { method: 'POST', headers: JSON_BODY, body: '{"full":true}' });
      if (started.status !== 202) throw new Error(`a run was not started: ${await started.text()}`);
      const { id }: { readonly id: string } = JSON.parse(await started.text());
      // The stream ends with the run.
      await (await fetch(new URL(`/runs/${id}/events`, url))).text();
    }
  })();
  return {
    stop: () => {
      isWanted = false;
      return done;
    },
  };
}
