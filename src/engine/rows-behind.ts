import type { RowsBehind, SourceRow } from '../model/explanation.ts';
import type { AnyExtractor, Columns, Condition, RowOf } from '../model/extractor.ts';
import { nodeId } from '../model/key.ts';
import { AUDIT_EVENT } from '../model/node.ts';
import type { RowRange, Source } from '../model/source.ts';
import { keyOfDraft } from './draft-key.ts';
import { throwIfInterrupted } from './interrupt.ts';

/** Rows that are told of. */
const SHOWN = 20;

/** What is told of rows that many make a node of, where a table has it. */
const TOLD = { id: 'id', created_at: 'text' } as const satisfies Columns;

/** Whose rows are looked for, and the value of the key where it is one part. */
export interface RowsQuestion {
  readonly id: string;
  readonly extractor: AnyExtractor;
  readonly soleKey: string | undefined;
  /** The rows that the extractor wants. */
  readonly condition: Condition;
  readonly signal: AbortSignal;
}

/** How far the reading is, after each window; the rows are what it comes to. */
export interface RowsNews {
  readonly read: number;
  readonly progress: number;
}

/** Finds the rows of the source that make a node, by what its extractor makes of each. */
export function* rowsBehind(source: Source, question: RowsQuestion): Generator<RowsNews, RowsBehind> {
  const { id, extractor, condition, signal } = question;
  const { table, lookup } = extractor;
  const absent = source.missingColumns(table, TOLD);
  const told = Object.fromEntries(Object.entries(TOLD).filter(([name]) => !absent.includes(name)));
  const columns: Columns = { ...told, ...extractor.columns };
  const reader = source.openReader({ table, columns, condition, lookup, range: rangeOf(source, question) });
  const rows: SourceRow[] = [];
  let [count, read] = [0, 0];
  const readWindow = () =>
    reader.readWindow((window) => {
      const current = new CurrentRow(window);
      for (const draft of extractor.extract(current)) {
        if ('skip' in draft || nodeId(AUDIT_EVENT, keyOfDraft(extractor, draft.key)) !== id) continue;
        count++;
        if (rows.length < SHOWN && current.row) rows.push('state' in draft ? only(told, current.row) : current.row);
      }
      read += current.count;
    });
  while (readWindow()) {
    yield { read, progress: reader.progress };
    throwIfInterrupted(signal);
  }
  return { path: source.path, table, count, rows };
}

/** Where the key is the row's own id, no other row need be read. */
function rangeOf(source: Source, { extractor, soleKey }: RowsQuestion): RowRange | undefined {
  const isRowId = extractor.keyParts?.length === 1 && extractor.keyParts[0] === 'id';
  if (!isRowId || soleKey === undefined || !/^-?\d{1,18}$/.test(soleKey)) return undefined;
  if (source.rowIds(extractor.table) === undefined) return undefined;
  const row = BigInt(soleKey);
  return { after: row - 1n, upTo: row };
}

function only(columns: Columns, row: RowOf<Columns>): SourceRow {
  return Object.fromEntries(Object.keys(columns).map((name) => [name, row[name] ?? null]));
}

/** Hands rows on, and knows which one is out. */
class CurrentRow implements Iterable<RowOf<Columns>> {
  row: RowOf<Columns> | undefined;
  count = 0;
  readonly #rows: Iterable<RowOf<Columns>>;

  constructor(rows: Iterable<RowOf<Columns>>) {
    this.#rows = rows;
  }

  *[Symbol.iterator](): Generator<RowOf<Columns>> {
    for (const row of this.#rows) {
      this.row = row;
      this.count++;
      yield row;
    }
  }
}
