import type { Database } from 'better-sqlite3';
import type { PagePosition } from '../../model/graph-editor.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import { quoteName } from '../quote.ts';
import { softDeleted } from '../soft-deleted.ts';
import type { NodeTable } from '../target-schema.ts';

/** Nodes that are looked at in one read, events or not. */
const AT_ONCE = 1000;

/** Walks through the events of a graph, in the order of ids, and finds single ones. */
export interface EventPages {
  page(after: PagePosition | undefined): {
    readonly ids: readonly string[];
    readonly next: PagePosition | undefined;
  };
  /** Whether there is an event of this id. */
  has(id: string): boolean;
}

interface Row {
  readonly id: string;
  readonly position: Uint8Array;
  readonly isEvent: 0 | 1;
}

/** Prepares it; events that are marked as deleted are none. */
export function prepareEventPages(db: Database, { columns }: NodeTable): EventPages {
  const id = quoteName(columns.get('id') ?? 'id');
  const nodeType = quoteName(columns.get('node_type') ?? 'node_type');
  const isEvent = `(typeof(${id}) = 'text' AND +${nodeType} = '${AUDIT_EVENT}' COLLATE BINARY AND NOT (${softDeleted(db, 'n')}))`;
  // The bytes of an id tell where it stands, even where they are no proper text.
  const pageOf = (operator: '>' | '>=') =>
    db.prepare<[Uint8Array, number], Row>(
      `SELECT ${id} AS id, CAST(${id} AS BLOB) AS position, ${isEvent} AS isEvent FROM kg_nodes AS n
       WHERE ${id} ${operator} CAST(? AS TEXT) ORDER BY ${id} LIMIT ?`,
    );
  const [first, following] = [pageOf('>='), pageOf('>')];
  const has = db.prepare<[string], 1>(`SELECT 1 FROM kg_nodes AS n WHERE ${id} = ? AND ${isEvent}`).pluck();
  return {
    page: (after) => {
      const rows = after === undefined ? first.all(Buffer.alloc(0), AT_ONCE) : following.all(after, AT_ONCE);
      const ids = rows.filter((row) => row.isEvent === 1).map((row) => row.id);
      return { ids, next: rows.length < AT_ONCE ? undefined : rows.at(-1)?.position };
    },
    has: (key) => has.get(key) !== undefined,
  };
}
