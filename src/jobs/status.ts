import { existsSync } from 'node:fs';
import { type Checkpoint, checkpointsOf, namesOfCheckpoint } from '../model/checkpoint.ts';
import type { GraphDatabase } from '../model/graph-database.ts';
import { notRedacting } from '../model/redaction.ts';
import type { RowIds } from '../model/source.ts';
import type { ExtractorStatus, StatusReport } from '../model/status.ts';
import { openSource } from '../sqlite/source/source.ts';
import { requireSourceFile } from './check-paths.ts';
import { withDatabase } from './with-database.ts';

/** Whose status is wanted, and how many runs are shown. Paths are absolute. */
export interface StatusJob {
  readonly source: string;
  /** Of which the source's rows are. */
  readonly origin?: string | undefined;
  readonly target: string;
  readonly runs: number;
  readonly signal?: AbortSignal;
}

/** What the last runs did, and how far behind the source the graph is. A source that is not there is no failure. */
export async function readStatus({ source, origin, target, runs, signal }: StatusJob): Promise<StatusReport> {
  const read = async (database: GraphDatabase) => {
    await database.requireThere();
    return { path: database.path, history: await database.readHistory(runs) };
  };
  const { path, history } = await withDatabase(target, read, { signal });
  const lastRows = readLastRows(source, checkpointsOf(origin, history.checkpoints));
  return {
    schema: 'audit-extract/status@1',
    ...(origin !== undefined && { origin }),
    source: { path: source },
    target: { path },
    last_checked: history.lastChecked,
    runs: history.runs,
    extractors: history.checkpoints.map((checkpoint) => {
      const isOfSource = namesOfCheckpoint(checkpoint).origin === origin;
      return statusOf(checkpoint, isOfSource ? lastRows.get(checkpoint.table) : undefined);
    }),
  };
}

function readLastRows(path: string, checkpoints: readonly Checkpoint[]): ReadonlyMap<string, RowIds | undefined> {
  if (!existsSync(path)) return new Map();
  requireSourceFile(path);
  const source = openSource(path, { redactor: notRedacting });
  try {
    const tables = [...new Set(checkpoints.map(({ table }) => table))].filter((table) => source.hasTable(table));
    return new Map(tables.map((table) => [table, source.rowIds(table)]));
  } finally {
    source.close();
  }
}

function statusOf(checkpoint: Checkpoint, ids: RowIds | undefined): ExtractorStatus {
  const { origin, name } = namesOfCheckpoint(checkpoint);
  const { table, foldedTo, counts, unfinished, content } = checkpoint;
  const isReread = content !== undefined;
  return {
    ...(origin !== undefined && { origin }),
    extractor: name,
    table,
    folded_to: foldedTo === undefined ? null : String(foldedTo),
    last_row: ids?.highest === undefined ? null : String(ids.highest),
    behind: isReread || ids === undefined ? null : behind(foldedTo, ids),
    rows: counts.rows,
    unfinished: unfinished !== undefined,
  };
}

function behind(foldedTo: bigint | undefined, { lowest, highest }: RowIds): number {
  if (lowest === undefined || highest === undefined) return 0;
  const from = foldedTo ?? lowest - 1n;
  return highest > from ? Number(highest - from) : 0;
}
