import type { Entry } from '../model/entry.ts';
import type { RecordedNode } from '../model/recorded-graph.ts';
import type { DerivedEvent } from './derived-entries.ts';
import type { Judge } from './judge.ts';
import { isAfter } from './key-order.ts';
import type { RunEvent } from './run-event.ts';

/** Walks records and derived entries side by side; both are in the order of their keys. */
export async function* compareRecords(
  records: Iterable<RecordedNode>,
  derived: AsyncIterable<DerivedEvent>,
  judge: Judge,
): AsyncGenerator<RunEvent, void> {
  const iterator = records[Symbol.iterator]();
  let record = next(iterator);
  /** Judges what is recorded up to a key, and the key itself by what follows from the source. */
  const judgeUpTo = (entry: Entry): void => {
    for (; record !== undefined && isAfter(entry.key, record.key); record = next(iterator))
      judge.recorded(record, undefined);
    if (record?.key === entry.key) {
      judge.recorded(record, entry);
      record = next(iterator);
    } else {
      judge.unrecorded(entry);
    }
  };
  for await (const event of derived) {
    if (event.type !== 'derived') yield event;
    else for (const entry of event.entries) judgeUpTo(entry);
  }
  for (; record !== undefined; record = next(iterator)) judge.recorded(record, undefined);
}

function next(records: Iterator<RecordedNode, unknown>): RecordedNode | undefined {
  const { done, value } = records.next();
  return done ? undefined : value;
}
