import fc from 'fast-check';
import type { Cell, FixtureRow, KnownTable } from '../../fixtures/sessions-db.ts';
import { cellOf, dateCell, looseIdCell, numberCell, rowidCell, statusCell } from './hostile-cells.ts';
import { entriesShapes, oddShapes, type SourceShape, usualShapes } from './source-shapes.ts';

export interface TableCase {
  readonly shape: SourceShape;
  readonly rows: readonly FixtureRow[];
}

/** A whole sessions.db to be. */
export interface SourceCase {
  readonly encoding: 'UTF-8' | 'UTF-16le' | 'UTF-16be';
  /** BLOBs become TEXT of the same bytes, however bad. */
  readonly blobsBecomeText: boolean;
  /** Each table has an index of all its columns, which could be read in place of it. */
  readonly indexed: boolean;
  readonly tables: Readonly<Record<KnownTable, TableCase>>;
  readonly entries: TableCase | undefined;
}

/** Ids that entry ids like to meet, written in every way. */
const entryIdCell = fc
  .oneof({ weight: 4, arbitrary: fc.bigInt({ min: 0n, max: 12n }) }, looseIdCell)
  .filter((id) => id !== null);

const description = cellOf('Plant the orchard', 'Prune', '');
const task = cellOf('A.9.1', 'AK.12.3.4', 'A.9.1,B.2');

const DATA: Record<KnownTable, Readonly<Record<string, fc.Arbitrary<Cell>>>> = {
  tool_analytics: {
    session_id: cellOf('s1', 's1', 's2'),
    tool_name: cellOf('Read', 'Read', 'Bash', 'read'),
    status: statusCell,
    error_type: cellOf('timeout', 'timeout', 'unknown', ''),
    agent_name: cellOf('ann', 'bob', 'Ann', 'ann,bob', '', ...Array.from({ length: 12 }, (_, at) => `agent ${at}`)),
    task_id: task,
    execution_time_ms: numberCell,
    created_at: dateCell,
  },
  system_events: {
    entry_id: fc.oneof(numberCell, looseIdCell, fc.constantFrom(' 7 ', '7.0', 7.5, '07', 9.0)),
    subtype: cellOf('compact_boundary', 'local_command', 'turn_duration', 'Local_Command', ''),
    level: cellOf('info', 'error', ''),
    content: cellOf('<command-name>/clear</command-name>', 'Conversation compacted', ''),
    compact_trigger: cellOf('auto', 'manual', ''),
  },
  task_tracking: {
    task_id: task,
    task_description: description,
    source: cellOf('hook', ''),
    status: statusCell,
    outcome: statusCell,
    tool_success_count: numberCell,
    tool_error_count: numberCell,
    created_at: dateCell,
    updated_at: dateCell,
  },
};

/** Rows that mostly fall into one group, so that many dates, agents and times meet there. */
const ONE_GROUP = {
  ...DATA.tool_analytics,
  session_id: fc.constant('s1'),
  tool_name: fc.constant('Read'),
  status: fc.constant('error'),
  error_type: fc.constantFrom(null, '', 'unknown'),
};

/** Ids that are alike for some column are alike here: NUL ends a text for COLLATE NOCASE. */
function likeness({ id }: FixtureRow): string {
  const text = String(id ?? '')
    .toLowerCase()
    .replace(/\0.*/s, '');
  return Number.isNaN(Number(text)) ? text : String(Number(text));
}

function rowsOf(table: KnownTable, { ids }: SourceShape): fc.Arbitrary<readonly FixtureRow[]> {
  const id: fc.Arbitrary<Cell> =
    ids === 'rowid' ? rowidCell : ids === 'unique' ? looseIdCell.filter((cell) => cell !== null) : looseIdCell;
  const data = table === 'tool_analytics' ? fc.constantFrom(DATA[table], ONE_GROUP) : fc.constant(DATA[table]);
  return data.chain((cells) => distinctRows(fc.record({ id, ...cells }), ids));
}

function distinctRows(row: fc.Arbitrary<FixtureRow>, ids: SourceShape['ids']): fc.Arbitrary<readonly FixtureRow[]> {
  const size = { maxLength: 24, size: 'max' } as const;
  if (ids === 'any') return fc.array(row, size);
  return fc.uniqueArray(row, { ...size, selector: ids === 'rowid' ? (one) => one['id'] : likeness });
}

function tableCase(table: KnownTable): fc.Arbitrary<TableCase> {
  const shape = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...usualShapes(table)) },
    { weight: 1, arbitrary: fc.constantFrom(...oddShapes(table)) },
  );
  return shape.chain((chosen) => rowsOf(table, chosen).map((rows) => ({ shape: chosen, rows })));
}

/** Entries of any form and ids, or none. */
const entries: fc.Arbitrary<TableCase | undefined> = fc.option(
  fc
    .record({
      shape: fc.constantFrom(...entriesShapes),
      rows: fc.uniqueArray(fc.record({ id: entryIdCell, session_id: cellOf('s1', 's2', ''), timestamp: dateCell }), {
        maxLength: 24,
        selector: likeness,
      }),
    })
    .map(({ shape, rows }) => ({
      shape,
      rows: shape.ids === 'rowid' ? rows.filter(({ id }) => typeof id === 'bigint') : rows,
    })),
  { nil: undefined },
);

/** Databases of every kind that a run may meet. */
export const sourceCase: fc.Arbitrary<SourceCase> = fc.record({
  encoding: fc.oneof(
    { weight: 6, arbitrary: fc.constant('UTF-8' as const) },
    { weight: 1, arbitrary: fc.constantFrom('UTF-16le' as const, 'UTF-16be' as const) },
  ),
  blobsBecomeText: fc.boolean(),
  indexed: fc.boolean(),
  tables: fc.record({
    tool_analytics: tableCase('tool_analytics'),
    system_events: tableCase('system_events'),
    task_tracking: tableCase('task_tracking'),
  }),
  entries,
});

/** Which statuses a run is told to take for errors. */
export const errorStatuses: fc.Arbitrary<readonly string[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(['error']) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(['error', 'failed', 'ERROR'], ['failed'], ['5', 'error\0'], ['error', 'error']),
  },
);
