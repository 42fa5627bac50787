import type { Database } from 'better-sqlite3';
import type { Condition } from '../../model/extractor.ts';
import type { OpenEdges, RunRecords } from '../../model/graph.ts';
import { isShortened } from '../../model/key.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import type { Answer } from '../translate-error.ts';

/** Of a graph that no run of ours has written. */
export const noRecords: RunRecords = {
  reading: async () => undefined,
  rowsOf: async () => undefined,
  openEdges: async () => ({ isOwed: false, isUnlinked: false }),
};

const BEFORE_KEY = `${AUDIT_EVENT}:`;

/** Prepares reading what runs have kept. Our tables must be there. */
export function prepareRunRecords(db: Database, answer: Answer): RunRecords {
  // What others have made of the JSON is no condition of ours.
  const readings = db.prepare<[string], { readonly table: string; readonly condition: string | null }>(
    `SELECT source_table AS "table", iif(json_type(condition) = 'object', condition, NULL) AS condition
     FROM audit_checkpoints WHERE extractor = ? AND (condition IS NULL OR json_valid(condition))`,
  );
  const rows = db.prepare<[string], number>('SELECT drafts FROM audit_entries WHERE key = ?').pluck();
  const openEdges = db.prepare<[], Readonly<Record<keyof OpenEdges, 0 | 1>>>(
    `SELECT EXISTS (SELECT 1 FROM audit_owed) AS isOwed,
       count(*) FILTER (WHERE name = 'unlinked') AND count(*) FILTER (WHERE name = 'linkers') AS isUnlinked
     FROM audit_meta WHERE name IN ('unlinked', 'linkers')`,
  );
  return {
    reading: (extractor) =>
      answer(() => {
        const row = readings.get(extractor);
        return row && { table: row.table, condition: row.condition === null ? undefined : parse(row.condition) };
      }),
    rowsOf: (id) =>
      answer(() => {
        if (!id.startsWith(BEFORE_KEY) || isShortened(id)) return undefined;
        return rows.get(id.slice(BEFORE_KEY.length));
      }),
    openEdges: () =>
      answer(() => {
        const found = openEdges.get();
        return { isOwed: found?.isOwed === 1, isUnlinked: found?.isUnlinked === 1 };
      }),
  };
}

function parse(json: string): Condition {
  const condition: Condition = JSON.parse(json);
  return condition;
}
