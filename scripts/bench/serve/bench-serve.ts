import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentPath, withPart } from '../../generated-docs.ts';
import { ours } from '../commands.ts';
import { drawTable, markdownTable } from '../draw-table.ts';
import { machineFacts } from '../machine-facts.ts';
import { measureProcess } from '../measure-process.ts';
import { factsLine, type ResultTable } from '../result-tables.ts';
import { say } from '../say.ts';
import { prepareSessions } from '../session-database.ts';
import { type LoadSample, sendLoad } from './send-load.ts';
import { type LoopDelay, type MeasuredServer, startMeasured } from './server-under-load.ts';

/** So many tool calls give half a million nodes. */
const ROWS = 12_500_000;
const SECONDS = 15;
/** Before anything counts: threads start, and code is compiled. */
const WARM_UP_SECONDS = 3;
const CONNECTIONS = 10;
const READS = 2000;
const LISTS = 200;
const MOST_P99_MS = 100;
const MOST_LOOP_MS = 20;

/** Measures the server under load while it runs extractions. `--docs` writes the table to docs/performance.md, too; a number is of tool calls. */
const args = process.argv.slice(2);
const rows = Number(args.find((arg) => /^\d+$/.test(arg)) ?? ROWS);
const folder = join(tmpdir(), 'audit-extract-bench');
mkdirSync(folder, { recursive: true });
const table = await measure(rows);
process.stdout.write(`${factsLine(machineFacts())}\n${drawTable(table)}\n`);
if (args.includes('--docs')) {
  const path = documentPath('docs/performance.md');
  const text = `\n${factsLine(machineFacts())}\n\n${markdownTable(table)}\n`;
  writeFileSync(path, withPart(readFileSync(path, 'utf8'), 'bench-serve', text));
}

async function measure(size: number): Promise<ResultTable> {
  const { path: source } = prepareSessions(folder, size);
  const target = join(folder, 'served.db');
  for (const suffix of ['', '-wal', '-shm']) rmSync(target + suffix, { force: true });
  say('making the graph');
  await measureProcess('run', ours('run', '-s', source, '-t', target, '--quiet'));
  const server = await startMeasured(source, target);
  const [node, list] = await pathsOf(server);
  const runs = server.keepRunning();
  for (const url of [node, list]) {
    await sendLoad({ url, connections: CONNECTIONS, seconds: WARM_UP_SECONDS, rate: undefined });
  }
  const load = async (what: string, url: string, rate?: number) => {
    say(what);
    return { what, sample: await sendLoad({ url, connections: CONNECTIONS, seconds: SECONDS, rate }) };
  };
  const samples = [
    await load(`${READS} reads a second of one node`, node, READS),
    await load(`${LISTS} filtered lists a second`, list, LISTS),
    await load('reads of one node, as many as are answered', node),
    await load('filtered lists, as many as are answered', list),
  ];
  say('waiting for the run that is on');
  const ended = await runs.stop();
  return tableOf(samples, await server.stop(), ended);
}

/** A node that is there, and a list of events of its tool. */
async function pathsOf({ url }: MeasuredServer): Promise<readonly [string, string]> {
  const { nodes }: { readonly nodes: readonly { readonly id: string; readonly properties: { tool_name: string } }[] } =
    JSON.parse(await (await fetch(new URL('/events?subtype=tool_error&limit=1', url))).text());
  const [node] = nodes;
  if (node === undefined) throw new Error('the graph has no event');
  const list = new URL('/events?limit=50', url);
  list.searchParams.set('tool', node.properties.tool_name);
  return [new URL(`/nodes/${encodeURIComponent(node.id)}`, url).href, list.href];
}

function tableOf(
  samples: readonly { readonly what: string; readonly sample: LoadSample }[],
  delay: LoopDelay,
  runs: number,
): ResultTable {
  const milliseconds = (value: number) => `${Math.round(value)} ms`;
  const loads = samples.map(({ what, sample: { perSecond, p50, p99, failures } }) => [
    what,
    String(Math.round(perSecond)),
    milliseconds(p50),
    milliseconds(p99),
    `${failures} failed, ${p99 <= MOST_P99_MS ? 'within' : 'over'} ${MOST_P99_MS} ms`,
  ]);
  const met = delay.max <= MOST_LOOP_MS ? 'within' : 'over';
  const loop = `longest ${delay.max.toFixed(1)} ms, ${met} ${MOST_LOOP_MS} ms; ${runs} full runs meanwhile`;
  const rest = ['the event loop, kept waiting', '', '', milliseconds(delay.p99), loop];
  return { head: ['load, while runs go on', 'a second', 'median', '99 %', ''], rows: [...loads, rest] };
}
