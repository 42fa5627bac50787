import type { Entry, StoredEntry } from '../../model/entry.ts';
import type { EventFacets } from '../../model/event-facets.ts';
import type { Parameter, Transaction } from '../transaction.ts';

/** The facets of an entry that are kept beside it. */
type KeptFacets = Omit<EventFacets, 'text'>;

/** An entry as it is kept. */
export interface KeptEntry extends StoredEntry, KeptFacets {
  readonly key: string;
  /** The run that touched it last, and whether that run changed its node. */
  readonly run: number;
  readonly changed: boolean;
  /** What the linkers go by that made its edges as it stands; null where none did. */
  readonly linked: string | null;
}

/** What is noted of an entry when it is written. */
interface Marks {
  readonly run: number;
  readonly changed: boolean;
  readonly linked: string | null;
}

/** An entry that is to be kept as it is now; `isNew` where nothing is kept of its key. */
export interface EntryWrite {
  readonly entry: Entry;
  readonly leaf: string;
  readonly marks: Marks;
  readonly isNew: boolean;
}

interface Row {
  readonly said: { readonly [name: string]: unknown };
}

/** What is kept of keys, by them. */
export async function findEntries(tx: Transaction, keys: readonly string[]): Promise<ReadonlyMap<string, KeptEntry>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.run<Row>('UNWIND $keys AS key MATCH (e:AuditEntry {key: key}) RETURN properties(e) AS said', {
    keys,
  });
  return new Map(rows.map(toKeptEntry).map((entry) => [entry.key, entry]));
}

/** Two that make the same key at once collide, and the later one is tried again. */
export async function writeEntries(tx: Transaction, writes: readonly EntryWrite[]): Promise<void> {
  for (const [isNew, find] of [
    [true, 'CREATE (e:AuditEntry)'],
    [false, 'MATCH (e:AuditEntry {key: row[0]})'],
  ] as const) {
    const rows = writes.filter((write) => write.isNew === isNew).map(toRow);
    if (rows.length > 0) await tx.run(`UNWIND $rows AS row ${find} SET ${ASSIGNMENTS}`, { rows });
  }
}

/** How many keys there are with a prefix. */
export async function countEntries(tx: Transaction, prefix: string): Promise<number> {
  const [row] = await tx.run<{ count: bigint }>(
    'MATCH (e:AuditEntry) WHERE e.key >= $from AND e.key < $before RETURN count(*) AS count',
    { from: `${prefix}:`, before: `${prefix};` },
  );
  return Number(row?.count ?? 0n);
}

/** The properties of an entry in the order of a row: their names are not sent with each. */
const COLUMNS = [
  ...(['key', 'drafts', 'state', 'leaf', 'run', 'changed', 'linked'] as const),
  ...(['first', 'last', 'session', 'user', 'what', 'how', 'days'] as const),
];
const ASSIGNMENTS = COLUMNS.map((name, at) => `e.${name} = row[${at}]`).join(', ');

function toRow({ entry, leaf, marks: { run, changed, linked } }: EntryWrite): readonly Parameter[] {
  const { first, last, session, user, what, how, days } = entry.facets;
  const said: { readonly [Name in (typeof COLUMNS)[number]]: Parameter } = {
    ...{ key: entry.key, drafts: BigInt(entry.drafts), state: entry.state, leaf },
    ...{ run: BigInt(run), changed, linked },
    ...{ first: toInteger(first), last: toInteger(last), session, user, what, how, days },
  };
  return COLUMNS.map((name) => said[name]);
}

const toInteger = (value: number | null): bigint | null => (value === null ? null : BigInt(Math.trunc(value)));

function toKeptEntry({ said }: Row): KeptEntry {
  const text = (name: string) => (typeof said[name] === 'string' ? said[name] : null);
  const whole = (name: string) => (said[name] == null ? null : Number(said[name]));
  return {
    key: text('key') ?? '',
    drafts: whole('drafts') ?? 0,
    state: text('state'),
    leaf: text('leaf') ?? '',
    run: whole('run') ?? 0,
    changed: said['changed'] === true,
    linked: text('linked'),
    first: whole('first'),
    last: whole('last'),
    session: text('session'),
    user: text('user'),
    what: text('what'),
    how: text('how'),
    days: text('days'),
  };
}
