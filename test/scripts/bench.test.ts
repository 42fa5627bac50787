import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { labelsOf, SUBJECTS } from '../../scripts/bench/subjects.ts';
import { closedEnvironment } from '../support/run-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';

const BENCH = join(import.meta.dirname, '../../scripts/bench/bench.ts');
const PROGRAM = join(import.meta.dirname, '../../bin/audit-extract.js');

function runBench(...args: readonly string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', BENCH, ...args], {
    env: closedEnvironment(),
    encoding: 'utf8',
  });
}

interface Results {
  readonly measurements: readonly { readonly name: string; readonly median_ms: number | null }[];
  readonly goals: readonly { readonly goal: string; readonly met: boolean | null }[];
}

it('measures everything, prints a row for each and writes the numbers', () => {
  const folder = tempFolder();
  const out = join(folder, 'deep', 'results.json');
  const args = ['--rows', '20000', '--repeat', '1', '--folder', folder, '--out', out];
  const { status, stdout, stderr } = runBench(...args);
  expect(status, stderr).toBe(0);
  for (const label of Object.values(labelsOf({ rows: 20_000, newRows: 20 }))) expect(stdout).toContain(label);
  const { measurements, goals }: Results = JSON.parse(readFileSync(out, 'utf8'));
  expect(measurements.map(({ name }) => name)).toEqual(SUBJECTS);
  const missing = measurements.filter(({ median_ms }) => median_ms === null);
  expect(missing.map(({ name }) => name)).toEqual(['baseline']);
  for (const { goal } of goals) expect(stdout).toContain(goal);
  const unmet = goals.filter(({ met }) => met === null).map(({ goal }) => goal);
  expect(unmet.filter((goal) => !goal.includes('memory'))).toEqual([
    'first full run / baseline',
    'nothing new / baseline',
    'new rows / baseline',
  ]);
});

it('puts the paths where a baseline wants them, and uses kept databases again', () => {
  const folder = tempFolder();
  const args = ['--rows', '2000', '--repeat', '1', '--folder', folder, '--out', join(folder, 'results.json')];
  const command = `'${process.execPath}' '${PROGRAM}' run -s {source} -t {target}`;
  expect(runBench(...args).status).toBe(0);
  const { status, stderr } = runBench(...args, '--baseline', command);
  expect(status, stderr).toBe(0);
  expect(stderr).toContain('using the database with 2000 tool calls');
  const { goals }: Results = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'));
  expect(goals.filter(({ goal, met }) => goal.includes('baseline') && met === null)).toEqual([]);
});

it('fails where a program could not be run, and says which', () => {
  const folder = tempFolder();
  const args = ['--rows', '2000', '--folder', folder, '--out', join(folder, 'results.json')];
  const { status, stderr } = runBench(...args, '--baseline', 'exit 7;');
  expect(status).toBe(1);
  expect(stderr).toContain('error: baseline, 2 000 rows ended with 7');
});

it.each([
  { args: ['--help'], status: 0 },
  { args: ['--rows', 'many'], status: 2 },
  { args: ['--repeat', '0'], status: 2 },
  { args: ['--nonsense'], status: 2 },
])('ends with $status on $args', ({ args, status }) => {
  expect(runBench(...args).status).toBe(status);
});
