import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../../src/sqlite/connect.ts';
import { createGraphTables } from '../../src/sqlite/store/graph-tables.ts';
import { baselineCommand, ourRun, ours, ourVerify, sqlOn } from './commands.ts';
import { measureParts } from './measure-parts.ts';
import { measureQuestions } from './measure-questions.ts';
import type { Measurements } from './measurements.ts';
import { COUNT_ERRORS, makeAllNodes } from './plain-sql.ts';
import { appendToolCalls, removeAppended, type SessionDatabase } from './session-database.ts';

/** What every round measures on. */
export interface BenchSetup {
  readonly whole: SessionDatabase;
  readonly tenth: SessionDatabase;
  readonly newRows: number;
  readonly baseline: string | undefined;
  /** The folder of the databases; targets come and go there too, so that all is on one disk. */
  readonly folder: string;
}

/** Measures everything once, one process after the other, so that a slow minute of the machine slows all alike. */
export async function measureRound(setup: BenchSetup, round: number, measurements: Measurements): Promise<void> {
  const folder = mkdtempSync(join(setup.folder, 'targets-'));
  try {
    const { baseline, whole } = setup;
    if (baseline !== undefined)
      await measurements.measure('baseline', baselineCommand(baseline, whole.path, join(folder, 'baseline.db')));
    const wanted = await measurePlainSql(whole.path, join(folder, 'plain.db'), measurements);
    const made = await measureOurs(setup, join(folder, 'whole.db'), measurements);
    await measureParts(whole.path, folder, round, measurements);
    await measureQuestions(join(folder, 'whole.db'), folder, measurements);
    await measureTenth(setup, join(folder, 'tenth.db'), measurements);
    if (wanted !== made)
      throw new Error(`the SQL statement made ${wanted} nodes and the program ${made}: they do not do the same work`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts the program and Node itself, so often because they take so little. */
export async function measureStarts(times: number, measurements: Measurements): Promise<void> {
  for (let time = 0; time < times; time++) {
    await measurements.measure('version', ours('--version'));
    await measurements.measure('node', { node: ['-e', '0'] });
  }
}

/** SQLite alone, writing and only looking. Gives how many nodes it made. */
async function measurePlainSql(source: string, target: string, measurements: Measurements): Promise<number> {
  const db = connect(target);
  createGraphTables(db);
  db.close();
  await measurements.measure('one-statement', sqlOn(target, makeAllNodes(source)));
  await measurements.measure('count', sqlOn(source, COUNT_ERRORS));
  return countNodes(target);
}

/** The program: first, again, and with new rows. Gives how many nodes the first run made. */
async function measureOurs(
  { whole, newRows }: BenchSetup,
  target: string,
  measurements: Measurements,
): Promise<number> {
  await measurements.measureRun('first-run', ourRun(whole.path, target));
  const made = countNodes(target);
  await measurements.measure('verify', ourVerify(whole.path, target));
  await measurements.measureRun('nothing-new', ourRun(whole.path, target));
  appendToolCalls(whole, newRows);
  await measurements.measureRun('new-rows', ourRun(whole.path, target));
  removeAppended(whole);
  return made;
}

/** The same on the small database: what is new must cost as much there. */
async function measureTenth({ tenth, newRows }: BenchSetup, target: string, measurements: Measurements): Promise<void> {
  await measurements.measureRun('first-run-tenth', ourRun(tenth.path, target));
  appendToolCalls(tenth, newRows);
  await measurements.measureRun('new-rows-tenth', ourRun(tenth.path, target));
  removeAppended(tenth);
  await measurements.measureRun(
    'edges-tenth',
    ours('run', '-s', tenth.path, '-t', `${target}.edges`, '--edges', '--json'),
  );
}

function countNodes(target: string): number {
  const db = connect(target, { fileMustExist: true });
  try {
    return db.prepare<[], number>('SELECT count(*) FROM kg_nodes').pluck().get() ?? 0;
  } finally {
    db.close();
  }
}
