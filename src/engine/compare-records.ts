import type { Entry } from '../model/entry.ts';
import type { DerivedEvent } from './derived-entries.ts';
import type { Judge } from './judge.ts';
import { isAfter } from './key-order.ts';
import { RecordCursor, type RecordPages } from './record-cursor.ts';
import type { RunEvent } from './run-event.ts';

/** Says what is to be said of records, and of what is not recorded. */
type Jury = Pick<Judge, 'recorded' | 'unrecorded'>;

/** Walks records and derived entries side by side; both are in the order of their keys. */
export async function* compareRecords(
  pages: RecordPages,
  derived: AsyncIterable<DerivedEvent>,
  judge: Jury,
): AsyncGenerator<RunEvent, void> {
  const records = new RecordCursor(pages);
  try {
    for await (const event of derived) {
      if (event.type !== 'derived') yield event;
      else for (const entry of event.entries) while (!judgeUpTo(entry, records, judge)) await records.turn();
    }
    for (; !records.isOver; await records.turn()) judgeRest(records, judge);
  } finally {
    await records.close();
  }
}

/**
 * Judges what is recorded up to a key, and the key itself by what follows from the source. False, and to be called again,
 * where a page is to be turned first.
 */
function judgeUpTo(entry: Entry, records: RecordCursor, judge: Jury): boolean {
  let record = records.current;
  for (; record !== undefined && isAfter(entry.key, record.key); record = next(records))
    judge.recorded(record, undefined);
  if (record === undefined && !records.isOver) return false;
  if (record?.key === entry.key) {
    judge.recorded(record, entry);
    records.advance();
  } else {
    judge.unrecorded(entry);
  }
  return true;
}

/** Judges what is left of a page, of which nothing follows from the source. */
function judgeRest(records: RecordCursor, judge: Jury): void {
  for (let record = records.current; record !== undefined; record = next(records)) judge.recorded(record, undefined);
}

function next(records: RecordCursor) {
  records.advance();
  return records.current;
}
