import { createRequire } from 'node:module';
import { measureProcess } from '../measure-process.ts';

/** What became of some requests. Times are in milliseconds. */
export interface LoadSample {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failures: number;
}

interface Load {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Requests in a second; undefined for as many as are answered. */
  readonly rate: number | undefined;
}

const AUTOCANNON = createRequire(import.meta.url).resolve('autocannon');

/** Sends requests from a process of its own. */
export async function sendLoad({ url, connections, seconds, rate }: Load): Promise<LoadSample> {
  const pace = rate === undefined ? [] : ['--overallRate', String(rate)];
  const { stdout } = await measureProcess('autocannon', {
    node: [AUTOCANNON, '--json', '-c', String(connections), '-d', String(seconds), ...pace, url],
  });
  const { requests, latency, errors, timeouts, non2xx } = JSON.parse(stdout);
  return { perSecond: requests.average, p50: latency.p50, p99: latency.p99, failures: errors + timeouts + non2xx };
}
