import type { Database } from 'better-sqlite3';
import type { RowRange } from '../../model/source.ts';
import type { TableShape } from '../table-shape.ts';
import { KeyPager } from './key-pager.ts';
import { RowidPager } from './rowid-pager.ts';

/** A value of a key column. */
export type KeyValue = bigint | number | string | Buffer | null;
/** The values that say where a row stands in its table's order. */
export type Position = readonly KeyValue[];

/** Cuts a table into windows: bounds first to last, both within. */
export interface Pager {
  /** The share of the table that is behind, from 0 to 1; 0 where it is not known. */
  readonly progress: number;
  /** The row id up to which everything is behind; undefined before the first window, and where there are no row ids. */
  readonly position: bigint | undefined;
  /** The bounds of the next window of about `size` rows; undefined when none is left. */
  next(size: number): readonly KeyValue[] | undefined;
  /** Takes the window as read, up to a position or to its end. */
  advance(stoppedAt: Position | undefined): void;
}

/** The pager for a table's order; it ends at the last row there is now, so that a live writer is not chased for ever. */
export function openPager(db: Database, table: TableShape, range?: RowRange): Pager {
  switch (table.order.by) {
    case 'rowid':
      return new RowidPager(db, table.name, table.order.alias, range);
    case 'primary-key':
      return new KeyPager(db, table.name, table.order.columns);
    case 'nothing':
      return wholePager();
  }
}

/** A view or virtual table has no order to walk in, so it is one window. */
function wholePager(): Pager {
  let read = false;
  return {
    progress: 0,
    position: undefined,
    next: () => (read ? undefined : []),
    advance: () => {
      read = true;
    },
  };
}
