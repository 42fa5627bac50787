import type {
  EventLinks,
  LinkedEvents,
  LinkTarget,
  OwedLinks,
  PaidRows,
  UnlinkedEvent,
} from '../../model/link-target.ts';
import type { LinkCounts } from '../../model/linker.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import type { TrailLookup } from '../../model/trail.ts';
import { uuidV7 } from '../../model/uuid-v7.ts';
import type { Connection } from '../connection.ts';
import { GraphWriter, type GraphWriting } from '../graph-writer.ts';
import { labelOf, quoteName } from '../labels.ts';
import { trailLookup } from '../trail-lookup.ts';
import type { Transaction } from '../transaction.ts';
import { hasLogged } from './has-logged.ts';
import { previewLinks } from './link-outlook.ts';
import { planLinks } from './link-writer.ts';
import { writeMeta } from './meta.ts';
import { lockEntries, oweLinks, readOwed, settleOwed } from './owed-links.ts';
import type { RunList } from './run-list.ts';
import { markLinked, readUnlinked } from './unlinked-events.ts';
import { dropUnlinkedNote, readUnlinkedNote } from './unlinked-note.ts';
import { writeUnlessIn } from './write-unless-in.ts';

/** So many events at the most are linked in one transaction. */
const EVENTS_AT_ONCE = 1000;

/** How edges are made. */
export interface LinkTargetOptions {
  readonly writing: Pick<GraphWriting, 'now' | 'cleaner' | 'hooks'>;
  /** What the linkers go by; null where not all of them are at work, and nothing is marked as linked. */
  readonly linkers: string | null;
  /** Where the run stands that makes them, if it is one. */
  readonly runs: Pick<RunList, 'current'>;
  readonly signal: AbortSignal;
}

/** Makes edges of events that are in a graph on a server already, of whatever origin. */
export class Neo4jLinkTarget implements LinkTarget {
  readonly trails: TrailLookup;
  readonly #connection: Pick<Connection, 'read' | 'write'>;
  readonly #options: LinkTargetOptions;
  /** Entities that a dry run would have made. */
  readonly #foreseen = new Set<string>();

  constructor(connection: Pick<Connection, 'read' | 'write'>, options: LinkTargetOptions) {
    this.#connection = connection;
    this.#options = options;
    this.trails = trailLookup((action) => connection.read(action));
  }

  countUnrecorded(): Promise<number> {
    const events = `(n:${quoteName(labelOf(AUDIT_EVENT))})`;
    return this.#read(async (tx) => {
      const entries = await count(tx, 'MATCH (e:AuditEntry) RETURN count(e) AS count');
      // The server knows how many nodes have a label; those without an id are not of the graph.
      if ((await count(tx, `MATCH ${events} RETURN count(n) AS count`)) <= entries) return 0;
      return Math.max(
        0,
        (await count(tx, `MATCH ${events} WHERE n.UID IS NOT NULL RETURN count(n) AS count`)) - entries,
      );
    });
  }

  readUnlinked(after: string, limit: number): Promise<readonly UnlinkedEvent[]> {
    return this.#read((tx) => readUnlinked(tx, this.#options.linkers, after, limit));
  }

  readNote(): Promise<string | undefined> {
    return this.#read(readUnlinkedNote);
  }

  dropNote(note: string): Promise<void> {
    return this.#connection.write((tx) => dropUnlinkedNote(tx, note), this.#options.signal);
  }

  link(given: readonly EventLinks[]): Promise<LinkedEvents> {
    const events = given.slice(0, EVENTS_AT_ONCE);
    const { writing, signal } = this.#options;
    const transaction = uuidV7();
    const isIn = async (tx: Transaction) => {
      // Where the last try is still on its way in, it holds what it has marked.
      await lockEntries(
        tx,
        events.flatMap(({ entry }) => entry?.key ?? []),
      );
      return hasLogged(tx, writing.now, transaction);
    };
    const write = async (tx: Transaction) => ({
      events: events.length,
      counts: await this.#link(tx, events, transaction),
    });
    return writeUnlessIn(this.#connection, isIn, write, signal);
  }

  async preview(events: readonly EventLinks[]): Promise<LinkCounts> {
    const { counts, entities } = await this.#read((tx) => previewLinks(tx, events, this.#foreseen));
    for (const id of entities) this.#foreseen.add(id);
    return counts;
  }

  readOwed(prefix: string, after: string, limit: number): Promise<readonly OwedLinks[]> {
    return this.#read((tx) => readOwed(tx, prefix, after, limit));
  }

  settle(keys: readonly string[], paid: PaidRows): Promise<void> {
    return this.#connection.write((tx) => settleOwed(tx, keys, paid), this.#options.signal);
  }

  async #link(tx: Transaction, events: readonly EventLinks[], transaction: string): Promise<LinkCounts> {
    const { writing, linkers, runs } = this.#options;
    const writer = new GraphWriter(tx, { ...writing, run: runs.current || null, tx: transaction });
    if (linkers !== null) await writeMeta(tx, 'linkers', 'all');
    const { whole, write } = await planLinks(
      tx,
      writer,
      events.map(({ links }) => links),
      [],
    );
    const counts = await write();
    const entries = (isWanted: (event: EventLinks, at: number) => boolean) =>
      events.filter(isWanted).flatMap(({ entry }) => entry ?? []);
    await markLinked(
      tx,
      linkers,
      entries((_, at) => whole[at] === true),
    );
    await oweLinks(
      tx,
      entries(({ isCut }) => isCut).map(({ key }) => key),
      undefined,
    );
    await writer.end();
    return counts;
  }

  #read<Result>(action: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.#connection.read(action, this.#options.signal);
  }
}

async function count(tx: Transaction, cypher: string): Promise<number> {
  const [row] = await tx.run<{ count: bigint }>(cypher);
  return Number(row?.count ?? 0n);
}
