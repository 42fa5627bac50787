import { existsSync, statSync } from 'node:fs';
import { AuditError } from '../model/errors.ts';
import type { RestoreReport, TableRows } from '../model/graph-copy.ts';
import { ellipsize } from '../model/text.ts';
import { examineGraph } from '../sqlite/copies/examine-graph.ts';
import { readTables } from '../sqlite/copies/read-tables.ts';
import { requireSameEncoding } from '../sqlite/copies/require-same-encoding.ts';
import { compareTables } from './compare-tables.ts';

/** What a restore comes to. */
export interface RestorePlan {
  /** That of a dry run. */
  readonly report: RestoreReport;
  /** Whether there is a state to be kept. */
  readonly isThere: boolean;
}

/** Of the tables of others, as an error is one line. */
const TABLES_NAMED = 5;
const LONGEST_NAME = 60;

/** Looks the backup over, from end to end if it is to be checked, and the target as far as it can be read. Throws where one of them cannot serve. */
export function planRestore(target: string, file: string, isChecked: boolean): RestorePlan {
  const place = { role: 'backup', path: file } as const;
  const { tables: after, fingerprint, seal, warnings } = examineGraph(file, place, isChecked);
  const isThere = existsSync(target) && statSync(target).size > 0;
  const before = isThere ? presentTables(target) : [];
  if (isThere) requireSameEncoding(file, target);
  const report: RestoreReport = {
    schema: 'audit-extract/restore@1',
    dry_run: true,
    target: { path: target },
    ...{ file, kept: null, ...compareTables(before, after), fingerprint, seal, duration_ms: 0, warnings },
  };
  return { report, isThere };
}

/** What cannot be opened as a database cannot be written as one either. */
function presentTables(target: string): readonly TableRows[] {
  try {
    return readTables(target);
  } catch (error) {
    if (!(error instanceof AuditError) || !/^target-(not-a-database|corrupt)$/.test(error.code)) throw error;
    const hint = 'move it away with all that stands beside it, and restore again: it is made anew then';
    throw new AuditError(error.code, error.message, hint, error);
  }
}

/** Throws where there is something to lose, and says what. */
export function requireNothingLost({ report, isThere }: RestorePlan): void {
  if (!isThere) return;
  const { target, file, nodes, edges, tables } = report;
  const others = tables.filter(({ table }) => !/^kg_(nodes|edges)$/i.test(table));
  const named = others.slice(0, TABLES_NAMED).map((one) => changeOf(ellipsize(one.table, LONGEST_NAME), one));
  const more = others.length > TABLES_NAMED ? [`${others.length - TABLES_NAMED} more tables`] : [];
  const changes = [changeOf('nodes', nodes), changeOf('edges', edges), ...named, ...more].join(', ');
  const message = `all of target ${target.path} goes back to ${file}, tables of other programs too: ${changes}`;
  throw new AuditError('usage', message, 'add --yes to do it, or --dry-run to see it as a table');
}

function changeOf(what: string, { before, after }: RestoreReport['nodes']): string {
  return `${what} ${before ?? '-'} -> ${after ?? '-'}`;
}
