import Database from 'better-sqlite3';
import { sourceRows } from './source-rows.ts';

/** How many calls of each tool a source has, and how many of them ended in one of some statuses. */
export function callCounts(path: string, statuses: readonly string[]): Readonly<Record<string, readonly number[]>> {
  const db = new Database(path, { readonly: true });
  try {
    const counts = new Map<string, readonly [calls: number, errors: number]>();
    for (const { tool_name, status } of sourceRows(db, 'tool_analytics', ['tool_name', 'status'])) {
      const tool = tool_name.text ?? 'unknown';
      const [calls, errors] = counts.get(tool) ?? [0, 0];
      const isError = status.text !== null && statuses.includes(status.text);
      counts.set(tool, [calls + 1, errors + (isError ? 1 : 0)]);
    }
    return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  } finally {
    db.close();
  }
}
