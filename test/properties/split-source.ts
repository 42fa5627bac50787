import type { FixtureRow, KnownTable } from '../../fixtures/sessions-db.ts';
import type { SourceCase, TableCase } from './source-cases.ts';

export interface SplitSource {
  readonly before: SourceCase;
  readonly appended: Readonly<Record<KnownTable, readonly FixtureRow[]>>;
}

/** A source as it was before its last rows were appended, and those rows; `share` of them, from 0 to 1, come first. */
export function splitSource(source: SourceCase, share: number): SplitSource {
  const { tool_analytics, system_events, task_tracking } = source.tables;
  const parts = {
    tool_analytics: splitTable(tool_analytics, share),
    system_events: splitTable(system_events, share),
    task_tracking: splitTable(task_tracking, share),
  };
  return {
    before: {
      ...source,
      tables: {
        tool_analytics: { ...tool_analytics, rows: parts.tool_analytics.before },
        system_events: { ...system_events, rows: parts.system_events.before },
        task_tracking: { ...task_tracking, rows: parts.task_tracking.before },
      },
    },
    appended: {
      tool_analytics: parts.tool_analytics.after,
      system_events: parts.system_events.after,
      task_tracking: parts.task_tracking.after,
    },
  };
}

/** Where the id is the rowid, what is appended has the higher ids. */
function splitTable({ shape, rows }: TableCase, share: number) {
  const ordered = shape.ids === 'rowid' ? rows.toSorted((one, other) => compare(one['id'], other['id'])) : rows;
  const count = Math.round(rows.length * share);
  return { before: ordered.slice(0, count), after: ordered.slice(count) };
}

function compare(one: unknown, other: unknown): number {
  if (typeof one !== 'bigint' || typeof other !== 'bigint') throw new Error('a rowid is a bigint');
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
