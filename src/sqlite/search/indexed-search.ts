import type { Database } from 'better-sqlite3';
import { AUDIT_EVENT } from '../../model/node.ts';
import type { Search } from '../../model/search.ts';
import { hasKnownTables } from '../audit-tables.ts';
import type { TableShape } from '../table-shape.ts';
import type { Read } from '../translate-error.ts';
import { EntryQuestion } from './entry-question.ts';
import { prepareEventTotals } from './event-totals.ts';
import { prepareIndexedScan, subtypeIndexOf } from './indexed-scan.ts';
import { prepareKeyRanges } from './key-ranges.ts';
import { columnOf, type NodeScan } from './scanned-nodes.ts';
import type { SearchSizes } from './search-sizes.ts';

/** Searches for events by what is kept of them, so that only the nodes that may be wanted are looked at. */
export interface IndexedSearch {
  /** Undefined where it would not find the nodes that are asked for. */
  ask(search: Search): AskedIndex | undefined;
}

/** A question to the index of our events. */
interface AskedIndex {
  readonly question: EntryQuestion;
  /** Looks at the events that are not recorded, and at few of those that are; undefined where all are. */
  readonly others: NodeScan | undefined;
}

/** Prepares it; undefined where a graph has not what it takes. */
export function prepareIndexedSearch(
  { db, table, read }: { readonly db: Database; readonly table: TableShape; readonly read: Read },
  sizes: SearchSizes,
): IndexedSearch | undefined {
  const index = subtypeIndexOf(db);
  if (index === undefined || !hasKnownTables(db) || !isOrderedAsIds(db, table)) return undefined;
  const others = prepareIndexedScan(db, table, read, isUnrecorded(`kg_nodes.${columnOf(table, 'id')}`));
  if (others === undefined) return undefined;
  const totals = prepareEventTotals(db, table, index);
  const ranges = prepareKeyRanges(db, table);
  return {
    ask: (search) =>
      read(() => {
        if (search.filter.nodeType !== AUDIT_EVENT) return undefined;
        const question = new EntryQuestion({ db, read, sizes }, search, ranges);
        return { question, others: totals.isAllRecorded() ? undefined : others };
      }),
  };
}

/** Whether no entry has the id of a node; that of a long key, which is shortened, is taken for one without. */
function isUnrecorded(id: string): string {
  const begin = `${AUDIT_EVENT}:`;
  return `NOT (substr(${id}, 1, ${begin.length}) = '${begin}'
    AND EXISTS (SELECT 1 FROM audit_entries AS e WHERE e.key = substr(${id}, ${begin.length + 1})))`;
}

/** In another encoding keys are in another order than ids; in another collation an id may be that of several keys. */
function isOrderedAsIds(db: Database, table: TableShape): boolean {
  return db.prepare<[], string>('PRAGMA encoding').pluck().get() === 'UTF-8' && table.idCollation === 'BINARY';
}
