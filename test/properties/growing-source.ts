import fc from 'fast-check';
import type { Cell, FixtureRow, KnownTable } from '../../fixtures/sessions-db.ts';
import { cellOf, statusCell } from './hostile-cells.ts';
import { type SourceCase, sourceCase } from './source-cases.ts';
import { splitSource } from './split-source.ts';

/** Rows that a live writer adds, by table. */
type AddedRows = Readonly<Record<KnownTable, readonly FixtureRow[]>>;

/** A task that changes in place: the one at this share of the table, and two of its columns. */
export interface TaskEdit {
  readonly place: number;
  readonly outcome: Cell;
  readonly description: Cell;
}

/** How a run between two growths goes. */
export interface RunHabit {
  readonly batchSize: number;
  readonly windowRows: number;
  /** The run is asked to end after so many events. */
  readonly endAfter: number | undefined;
  /** Which of the extractors take part, one bit each; all of them where undefined. */
  readonly only: number | undefined;
  readonly full: boolean;
  /** A dry run comes first, and its plan binds. */
  readonly planned: boolean;
}

/** What happens between two looks at the source. */
interface GrowthStep {
  readonly added: AddedRows;
  readonly edits: readonly TaskEdit[];
  readonly runs: readonly RunHabit[];
  /** Which statuses mean failure from here on: never fewer than before. */
  readonly errorStatuses: readonly string[];
}

/** A source that grows, and the runs on the way. */
export interface Growth {
  readonly first: SourceCase;
  readonly steps: readonly GrowthStep[];
}

const NO_ROWS: AddedRows = { tool_analytics: [], system_events: [], task_tracking: [] };
const seldom = fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });

const runHabit: fc.Arbitrary<RunHabit> = fc.record({
  batchSize: fc.constantFrom(1, 2, 3, 7, 1000),
  windowRows: fc.constantFrom(1, 2, 5, 1_000_000),
  endAfter: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
  only: fc.option(fc.integer({ min: 1, max: 31 }), { nil: undefined, freq: 1 }),
  full: seldom,
  planned: seldom,
});

const taskEdit: fc.Arbitrary<TaskEdit> = fc.record({
  place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  outcome: statusCell,
  description: cellOf('Water the plums', 'Graft', ''),
});

const step = fc.record({
  share: fc.constantFrom(0, 1, 1, 2, 5),
  edits: fc.array(taskEdit, { maxLength: 2 }),
  runs: fc.array(runHabit, { minLength: 1, maxLength: 3 }),
});

/** Sources of every kind, growing in parts of every size. The first runs may find no row at all. */
export const growth: fc.Arbitrary<Growth> = fc
  .record({
    source: sourceCase,
    steps: fc.array(step, { minLength: 1, maxLength: 4 }),
    widenedAt: fc.option(fc.nat(4), { nil: 9 }),
  })
  .map(({ source, steps, widenedAt }) => {
    const { before, appended } = splitSource(source, 0);
    const total = steps.reduce((sum, { share }) => sum + share, 0);
    let done = 0;
    const grown = steps.map(({ share, edits, runs }, at): GrowthStep => {
      const [from, to] = [done, done + share];
      done = to;
      const added = total === 0 ? NO_ROWS : portion(appended, from / total, to / total);
      return { added, edits, runs, errorStatuses: at < widenedAt ? ['error'] : ['failed', 'error', 'ERROR'] };
    });
    return { first: before, steps: grown };
  });

function portion(rows: AddedRows, from: number, to: number): AddedRows {
  const cut = (all: readonly FixtureRow[]) => all.slice(Math.round(all.length * from), Math.round(all.length * to));
  return {
    tool_analytics: cut(rows.tool_analytics),
    system_events: cut(rows.system_events),
    task_tracking: cut(rows.task_tracking),
  };
}
