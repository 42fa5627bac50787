import Database from 'better-sqlite3';
import {
  appendRows,
  buildSessionsDb,
  type Cell,
  type FixtureRow,
  UNTYPED_COLUMNS,
  USUAL_COLUMNS,
  usualTables,
} from '../../fixtures/sessions-db.ts';
import type { RunReport } from '../../src/model/report.ts';
import { readNodes } from './read-graph.ts';
import { type RunJobOptions, runJob } from './run-job.ts';
import { type Scene, sceneWith } from './scene.ts';

/** A failed call of `Bash` in session `s`, like any other. */
export const failure = (rest: FixtureRow = {}): FixtureRow => ({
  session_id: 's',
  tool_name: 'Bash',
  status: 'error',
  error_type: 'timeout',
  created_at: '2026-03-01T08:00:00Z',
  ...rest,
});

export const failures = (count: number, row: (i: number) => FixtureRow = () => ({})): readonly FixtureRow[] =>
  Array.from({ length: count }, (_, i) => failure(row(i)));

export const event = (content: string): FixtureRow => ({ subtype: 'local_command', content });

export const task = (task_id: string, rest: FixtureRow = {}): FixtureRow => ({ task_id, outcome: 'success', ...rest });

/** A source that grows between runs, and its graph. */
export interface Orchard extends Scene {
  append(table: string, ...rows: readonly FixtureRow[]): void;
  /** Changes the source as nobody should. */
  change(sql: string, ...parameters: readonly Cell[]): void;
  /** The same for the graph. */
  changeGraph(sql: string): void;
  run(options?: Partial<RunJobOptions>): Promise<RunReport>;
}

/** Three tables with these rows. Row ids of `reused` ones go to new rows when the last ones are deleted. */
export function orchard(
  rows: Parameters<typeof usualTables>[0],
  ids: 'never reused' | 'reused' = 'never reused',
): Orchard {
  const columns = ids === 'reused' ? UNTYPED_COLUMNS : USUAL_COLUMNS;
  const scene = sceneWith((source) => buildSessionsDb(source, usualTables(rows, columns)));
  return {
    ...scene,
    append: (table, ...added) => appendRows(scene.source, table, added),
    change: (sql, ...parameters) => change(scene.source, sql, parameters),
    changeGraph: (sql) => change(scene.target, sql, []),
    run: (options) => runJob({ source: scene.source, target: scene.target, ...options }),
  };
}

function change(path: string, sql: string, parameters: readonly Cell[]): void {
  const db = new Database(path, { fileMustExist: true });
  try {
    db.prepare<Cell[]>(sql).run(...parameters);
  } finally {
    db.close();
  }
}

/** The properties of the one node with this id, after `audit_event:`. */
export function propertiesOf({ target }: Scene, key: string) {
  const node = readNodes(target).find(({ id }) => id === `audit_event:${key}`);
  return node === undefined ? undefined : JSON.parse(node.properties);
}

/** The part of a report that one extractor has. */
export function partOf(report: RunReport, name: string) {
  const part = report.extractors.find((extractor) => extractor.name === name);
  if (part === undefined) throw new Error(`no ${name} in the report`);
  return part;
}
