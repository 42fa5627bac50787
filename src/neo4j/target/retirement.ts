import { nodeId } from '../../model/key.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import type { EventKind, ReplacedIds, Retirement } from '../../model/retirement.ts';
import { uuidV7 } from '../../model/uuid-v7.ts';
import type { Connection } from '../connection.ts';
import { findNodes } from '../found-nodes.ts';
import { GraphWriter, type GraphWriting } from '../graph-writer.ts';
import type { Transaction } from '../transaction.ts';
import type { Chain } from './chain.ts';
import type { LeafChange, Remaking } from './chunk-list.ts';
import { hasLogged } from './has-logged.ts';
import { listReplaced, type Removed, readReplaced, removeReplaced } from './replaced-nodes.ts';
import type { RunList } from './run-list.ts';
import { writeUnlessIn } from './write-unless-in.ts';

/** So many entries are looked at in one read. */
const ENTRIES_IN_A_PAGE = 1000;

/** What events are retired with. */
interface RetirementShop {
  /** This program with its version. */
  readonly program: string;
  readonly chain: Pick<Chain, 'lock' | 'remake' | 'seal' | 'hasByNow'>;
  readonly runs: RunList;
  readonly writing: Pick<GraphWriting, 'now' | 'cleaner' | 'hooks'>;
  readonly signal: AbortSignal;
}

/** One try of a transaction. */
interface Desk {
  readonly tx: Transaction;
  readonly writer: GraphWriter;
  readonly run: number;
  /** Asked before entries change. */
  remake(changes: readonly LeafChange[]): Promise<Remaking>;
}

/** What a transaction gives; a link of the chain is made where chunks are remade, though nothing comes of that. */
interface Outcome<Result> {
  readonly result: Result;
  readonly remaking?: Remaking | undefined;
}

interface EntryRow {
  readonly key: string;
  readonly run: bigint;
}

/** Retires events of a graph on a server, page by page; the chain tells of those of its origin. */
export class Neo4jRetirement implements Retirement {
  readonly #connection: Pick<Connection, 'read' | 'write'>;
  readonly #shop: RetirementShop;

  constructor(connection: Pick<Connection, 'read' | 'write'>, shop: RetirementShop) {
    this.#connection = connection;
    this.#shop = shop;
  }

  async forgetUnseen({ prefix }: EventKind, isReplaced: (key: string) => boolean): Promise<void> {
    const run = await this.#write(async (desk) => ({ result: desk.run }));
    for (let from: string | undefined = `${prefix}:`; from !== undefined; ) {
      const start: string = from;
      const page = await this.#read((tx) => readPage(tx, start, `${prefix};`));
      const unseen = page.filter((entry) => Number(entry.run) !== run).map(({ key }) => key);
      if (unseen.length > 0) await this.#write((desk) => forget(desk, unseen, isReplaced));
      from = afterLast(page);
    }
  }

  async readCounted(prefix: string, after: string): Promise<readonly string[]> {
    for (let from: string | undefined = after === '' ? `${prefix}:` : `${after}\0`; from !== undefined; ) {
      const start: string = from;
      const page = await this.#read((tx) => readPage(tx, start, `${prefix};`));
      const ids = page.map(({ key }) => nodeId(AUDIT_EVENT, key));
      const nodes = await this.#read((tx) => findNodes(tx, ids, false));
      const counted = page.filter((_, at) => nodes.get(ids[at] ?? '')?.deletedAt === null);
      if (counted.length > 0) return counted.map(({ key }) => key);
      from = afterLast(page);
    }
    return [];
  }

  deleteEvents(keys: readonly string[], actor: string): Promise<number> {
    const ids = keys.map((key) => nodeId(AUDIT_EVENT, key));
    return this.#write(async ({ tx, writer }) => {
      const nodes = await findNodes(tx, ids, false);
      const marked = await writer.markNodes([...nodes.values()], this.#shop.writing.now, actor);
      return { result: marked.length };
    });
  }

  readReplaced(origin: string | undefined): Promise<ReplacedIds> {
    return this.#read((tx) => readReplaced(tx, origin ?? ''));
  }

  async retireReplaced(origin: string | undefined): Promise<number> {
    const { program: actor, writing } = this.#shop;
    let retired = 0;
    for (let after: string | undefined = ''; after !== undefined; ) {
      const from: string = after;
      const outcome: Removed = await this.#write(async ({ tx, writer, remake }) => {
        const result = await removeReplaced(tx, writer, {
          origin: origin ?? '',
          after: from,
          actor,
          hooks: writing.hooks,
        });
        return { result, remaking: result.removed > 0 ? await remake([]) : undefined };
      });
      retired += outcome.removed;
      after = outcome.last;
    }
    return retired;
  }

  #write<Result>(action: (desk: Desk) => Promise<Outcome<Result>>): Promise<Result> {
    const { chain, runs, writing, signal } = this.#shop;
    const transaction = uuidV7();
    const write = async (tx: Transaction) => {
      const head = await chain.lock(tx);
      const run = await runs.begin(tx);
      const writer = new GraphWriter(tx, { ...writing, run, tx: transaction });
      const { result, remaking } = await action({
        tx,
        writer,
        run,
        remake: (changes) => chain.remake(tx, head, changes),
      });
      await writer.end();
      if (remaking !== undefined) await chain.seal(tx, head, remaking, transaction);
      return result;
    };
    return writeUnlessIn(this.#connection, (tx) => this.#isIn(tx, transaction), write, signal);
  }

  async #isIn(tx: Transaction, transaction: string): Promise<boolean> {
    const { chain, writing } = this.#shop;
    return (await chain.hasByNow(tx, transaction)) || hasLogged(tx, writing.now, transaction);
  }

  #read<Result>(action: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.#connection.read(action, this.#shop.signal);
  }
}

function readPage(tx: Transaction, from: string, before: string): Promise<readonly EntryRow[]> {
  return tx.run<EntryRow>(
    `MATCH (e:AuditEntry) WHERE e.key >= $from AND e.key < $before
     RETURN e.key AS key, e.run AS run ORDER BY e.key LIMIT ${ENTRIES_IN_A_PAGE}`,
    { from, before },
  );
}

/** Where the next page begins; undefined where there is none. */
function afterLast(page: readonly EntryRow[]): string | undefined {
  const last = page.at(-1);
  return last && `${last.key}\0`;
}

/** Their nodes stay. */
async function forget(
  { tx, remake }: Desk,
  keys: readonly string[],
  isReplaced: (key: string) => boolean,
): Promise<Outcome<void>> {
  const match = 'UNWIND $keys AS key MATCH (e:AuditEntry {key: key})';
  const gone = await tx.run<{ key: string; leaf: string }>(`${match} RETURN key, e.leaf AS leaf`, { keys });
  const remaking = await remake(gone.map(({ key, leaf }) => ({ key, leaf: undefined, before: leaf })));
  await tx.run(`${match} DELETE e`, { keys });
  await listReplaced(tx, keys.filter(isReplaced));
  return { result: undefined, remaking };
}
