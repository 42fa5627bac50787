import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { isIntact } from '../support/expect-clean-graph.ts';
import { readValue } from '../support/graph-rows.ts';
import { readEdges } from '../support/read-edges.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ACTIONS = 6000;
const KILLS = 6;
const USERS = 7;

const newTarget = () => join(tempFolder(), 'org.db');
const lines = Array.from({ length: ACTIONS }, (_, at) => {
  const action = { action: `A${at}`, user: `u${at % USERS}`, key: `key ${at}` };
  return `${JSON.stringify(action)}\n`;
}).join('');

/** How many actions are in a graph; 0 where there is none yet. */
function count(target: string): number {
  try {
    return Number(readValue(target, "SELECT count(*) FROM kg_nodes WHERE subtype = 'user_action'"));
  } catch {
    return 0;
  }
}

/** Logs the lines, is sent a signal once more actions are in than before, and gives how it ended and what it said. */
async function logUntil(signal: NodeJS.Signals, target: string) {
  const before = count(target);
  const child = startCli(['log', '--stdin', '-t', target, '--json']);
  const parts: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (part: string) => void parts.push(part));
  const ended = new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve) =>
    child.once('close', (code, by) => resolve([code, by])),
  );
  // Standard input stays open: it ends by the signal, or not at all.
  child.stdin.on('error', () => {}).write(lines);
  while (count(target) === before && child.exitCode === null && before < ACTIONS) await setTimeout(2);
  child.kill(signal);
  const [code, by] = await ended;
  return { code, by, stdout: parts.join('') };
}

/** Every action is in once, with both of its edges. */
function expectAll(target: string): void {
  expect(isIntact(target)).toBe(true);
  expect(count(target)).toBe(ACTIONS);
  const { edges, entities } = readEdges(target);
  expect(edges).toHaveLength(2 * ACTIONS);
  expect(entities).toHaveLength(1 + USERS);
}

describe('log --stdin that is ended midway', () => {
  it('by kills at any moment: the same lines once more log the rest, and nothing twice', async () => {
    const target = newTarget();
    for (let kills = 0; kills < KILLS && count(target) < ACTIONS; kills++) {
      const before = count(target);
      expect(await logUntil('SIGKILL', target)).toMatchObject({ by: 'SIGKILL' });
      expect(isIntact(target)).toBe(true);
      expect(count(target)).toBeGreaterThanOrEqual(before);
    }
    const inAlready = count(target);
    const { stdout } = await runCli(['log', '--stdin', '-t', target, '--json'], { input: lines });
    expect(JSON.parse(stdout)).toMatchObject({ logged: ACTIONS - inAlready, already_logged: inAlready });
    expectAll(target);
  });

  it.for([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'by %s: exit %i, a report of what is in, and the same lines once more log the rest',
    async ([signal, exit]) => {
      const target = newTarget();
      const { code, stdout } = await logUntil(signal, target);
      expect(code).toBe(exit);
      const report = JSON.parse(stdout);
      expect(report).toMatchObject({
        schema: 'audit-extract/log@1',
        error: { code: `interrupted-${signal.toLowerCase()}` },
      });
      expect(count(target)).toBe(report.logged);
      expect(await runCli(['log', '--stdin', '-t', target, '--quiet'], { input: lines })).toMatchObject({ code: 0 });
      expectAll(target);
    },
  );
});

it.for([
  ['SIGINT', 130, ['log', '--stdin']],
  ['SIGTERM', 143, ['log', '--stdin']],
  ['SIGINT', 130, ['log', 'A', '--details', '-']],
] as const)('%s ends a wait for standard input with exit %i: %j', async ([signal, exit, args]) => {
  const target = newTarget();
  const child = startCli([...args, '-t', target]);
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stderr: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (part: string) => void stderr.push(part));
  await setTimeout(1000);
  child.kill(signal);
  expect(await ended).toBe(exit);
  expect(stderr.join('')).toMatch(new RegExp(`^error: interrupted by ${signal}`));
  expect(count(target)).toBe(0);
});
