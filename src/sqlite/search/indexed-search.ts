import type { Database } from 'better-sqlite3';
import { AUDIT_EVENT } from '../../model/node.ts';
import type { Search } from '../../model/search.ts';
import { hasKnownTables } from '../audit-tables.ts';
import { quoteName } from '../quote.ts';
import type { TableShape } from '../table-shape.ts';
import type { Read } from '../translate-error.ts';
import { EntryQuestion } from './entry-question.ts';
import { subtypeIndexOf } from './indexed-scan.ts';
import { prepareKeyRanges } from './key-ranges.ts';
import { columnOf } from './scanned-nodes.ts';
import type { SearchSizes } from './search-sizes.ts';

/** Searches for events by what is kept of them, so that only the nodes that may be wanted are looked at. */
export interface IndexedSearch {
  /** Undefined where it would not find all nodes that are asked for. */
  ask(search: Search): EntryQuestion | undefined;
}

/** Prepares it; undefined where a graph has not what it takes. */
export function prepareIndexedSearch(
  { db, table, read }: { readonly db: Database; readonly table: TableShape; readonly read: Read },
  sizes: SearchSizes,
): IndexedSearch | undefined {
  const index = subtypeIndexOf(db);
  if (index === undefined || !hasKnownTables(db) || !isOrderedAsIds(db, table)) return undefined;
  const isAllRecorded = db.prepare<[string], 0 | 1>(allRecordedSql(index, columnOf(table, 'node_type'))).pluck();
  const ranges = prepareKeyRanges(db, table);
  return {
    ask: (search) =>
      read(() => {
        const serves = search.filter.nodeType === AUDIT_EVENT && isAllRecorded.get(AUDIT_EVENT) === 1;
        return serves ? new EntryQuestion({ db, read, sizes }, search, ranges) : undefined;
      }),
  };
}

/** Whether there are as many nodes of a type as there are entries. */
function allRecordedSql(index: string, nodeType: string): string {
  return `SELECT (SELECT count(*) FROM kg_nodes INDEXED BY ${quoteName(index)} WHERE ${nodeType} COLLATE BINARY = ?)
    = (SELECT count(*) FROM audit_entries)`;
}

/** In another encoding keys are in another order than ids; in another collation an id may be that of several keys. */
function isOrderedAsIds(db: Database, table: TableShape): boolean {
  return db.prepare<[], string>('PRAGMA encoding').pluck().get() === 'UTF-8' && table.idCollation === 'BINARY';
}
