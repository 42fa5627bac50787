import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNeo4j } from '../../../test/neo4j/start-neo4j.ts';
import { documentPath, withPart } from '../../generated-docs.ts';
import { ours } from '../commands.ts';
import { drawTable, markdownTable } from '../draw-table.ts';
import { machineFacts } from '../machine-facts.ts';
import { measureProcess } from '../measure-process.ts';
import { factsLine, type ResultTable } from '../result-tables.ts';
import { say } from '../say.ts';
import { prepareSessions } from '../session-database.ts';
import { emptyServer } from './empty-server.ts';
import { readGraphToSend } from './graph-to-send.ts';
import { sendOneByOne } from './send-one-by-one.ts';
import { type Round, speedTable } from './speed-table.ts';

/** So many tool calls give 100,000 nodes. */
const ROWS = 2_500_000;
/** One statement a node takes too long to wait for all of them; the rest is reckoned from so many events. */
const SAMPLE = 3000;
/** So often one is measured after the other, on a server that has done both before; medians count. */
const ROUNDS = 5;

/**
 * Measures first runs with edges into a real Neo4j beside a plain script that sends the same rows, a statement for each node
 * and edge. `--docs` writes the table to docs/scale.md, too; a number is of tool calls, a second one of sampled events.
 */
const args = process.argv.slice(2);
const [rows = ROWS, sample = SAMPLE] = args.filter((arg) => /^\d+$/.test(arg)).map(Number);
const folder = join(tmpdir(), 'audit-extract-bench');
mkdirSync(folder, { recursive: true });
const table = await measure();
process.stdout.write(`${factsLine(machineFacts())}\n${drawTable(table)}\n`);
if (args.includes('--docs')) {
  const path = documentPath('docs/scale.md');
  const text = `\n${factsLine(machineFacts())}\n\n${markdownTable(table)}\n`;
  writeFileSync(path, withPart(readFileSync(path, 'utf8'), 'bench-neo4j', text));
}

async function measure(): Promise<ResultTable> {
  const { path: source } = prepareSessions(folder, rows);
  const file = join(folder, 'one-machine.db');
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  const run = (target: string) => ['run', '-s', source, '-t', target, '--edges', '--quiet'];
  say('into a file');
  const intoFile = await measureProcess('run', ours(...run(file)));
  const graph = await readGraphToSend(file, sample);
  say('starting Neo4j');
  const server = await startNeo4j({ isFull: true });
  try {
    const access = { AUDIT_EXTRACT_NEO4J_USER: server.user, AUDIT_EXTRACT_NEO4J_PASSWORD: server.password };
    const intoServer = (what: string) => {
      say(what);
      return measureProcess(what, { ...ours(...run(server.url)), env: access });
    };
    const justStarted = await intoServer('into Neo4j, just started');
    await emptyServer(server);
    // The first statements of a server are slow; both find it warm.
    await sendOneByOne(server, graph.sample.slice(0, 300));
    const rounds: Round[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      await emptyServer(server);
      say(`round ${round} of ${ROUNDS}: one statement at a time`);
      const times = await sendOneByOne(server, graph.sample);
      const plain = times.node * graph.nodes + times.edge * graph.edges;
      await emptyServer(server);
      const { milliseconds } = await intoServer(`round ${round} of ${ROUNDS}: into Neo4j`);
      rounds.push({ plain, ours: milliseconds, ratio: plain / milliseconds });
    }
    const again = await intoServer('with nothing new');
    return speedTable({ graph, intoFile, justStarted, again, rounds });
  } finally {
    await server.stop();
  }
}
