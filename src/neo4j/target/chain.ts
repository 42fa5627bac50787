import type { Chunk } from '../../model/chunk.ts';
import { AuditError } from '../../model/errors.ts';
import type { Leaf } from '../../model/recorded-graph.ts';
import { type GraphDigest, readSealContent, type SealContent, sealOf } from '../../model/seal.ts';
import type { Transaction } from '../transaction.ts';
import { digestCheckpoints } from './checkpoints-digest.ts';
import { ChunkList, type LeafChange, type Remaking, type Stretch } from './chunk-list.ts';
import { spansOf } from './key-spans.ts';
import { lockChain } from './lock-chain.ts';
import { LEASE_MS } from './run-lock.ts';

/** Whose chain it is, and who writes. */
export interface ChainOptions {
  readonly path: string;
  readonly origin: string;
  /** This program with its version. */
  readonly program: string;
  /** By which the lock of a run is known; undefined where it is no run. */
  readonly holder: () => string | undefined;
}

/** A chain as it stands, and stays while this transaction lasts; the chunks are those before it writes. */
interface Head {
  readonly number: number;
  readonly seal: string;
  readonly list: ChunkList;
}

interface HeadRow {
  readonly number: bigint;
  readonly seal: string;
  readonly holder: string | null;
}

/** The chain of seals of one origin: its writers come one after the other, and each says what the records of the origin come to. */
export class Chain {
  readonly #options: ChainOptions;
  /** Lists of chunks by the seal that vouches for them: the last one, and the one that may have been committed. */
  readonly #lists = new Map<string, ChunkList>();
  #hasBegun = false;
  #breach: string | undefined;

  constructor(options: ChainOptions) {
    this.#options = options;
  }

  /** How the records were not as the last seal had left them; undefined where they were, as far as they were looked at. */
  get breach(): string | undefined {
    return this.#breach;
  }

  /** Takes the chain for this transaction, the last thing before it writes. Throws where another run has taken the lock. */
  async lock(tx: Transaction): Promise<Head> {
    const { origin, holder, path } = this.#options;
    const own = holder() ?? null;
    // In this order: what is sent first is done first.
    const [, [head]] = await Promise.all([
      lockChain(tx, origin),
      tx.run<HeadRow>(
        `MATCH (c:AuditChain {origin: $origin})
         SET c.until = CASE WHEN c.holder = $own THEN timestamp() + $lease ELSE c.until END
         RETURN c.number AS number, c.seal AS seal, c.holder AS holder`,
        { origin, own, lease: BigInt(LEASE_MS) },
      ),
    ]);
    if (head === undefined || (own !== null && head.holder !== own)) throw taken(path);
    const { seal } = head;
    const list = this.#lists.get(seal) ?? (await this.#readList(tx));
    await this.#compareOnce(tx, Number(head.number), list);
    return { number: Number(head.number), seal, list };
  }

  /** Whether a seal of a transaction is in the chain, once whoever is writing it is done. */
  async hasByNow(tx: Transaction, transaction: string): Promise<boolean> {
    const { origin } = this.#options;
    await lockChain(tx, origin);
    const rows = await tx.run(
      'MATCH (s:AuditSeal {origin: $origin}) WHERE s.tx = $transaction RETURN 1 AS one LIMIT 1',
      { origin, transaction },
    );
    return rows.length > 0;
  }

  /** What the records come to. */
  async digest(tx: Transaction): Promise<GraphDigest> {
    return (await this.#readList(tx)).digest();
  }

  /** What becomes of the chunks when these entries come, change or go; to be asked before anything of that is written. */
  async remake(tx: Transaction, { list }: Head, changes: readonly LeafChange[]): Promise<Remaking> {
    const stretches = list.stretchesOf(changes);
    const leaves = await this.#readLeaves(tx, stretches);
    return list.remake(stretches, (stretch) => leaves.get(stretch) ?? []);
  }

  /** Adds a link, once what was to change is written. */
  async seal(tx: Transaction, head: Head, remaking: Remaking, transaction: string): Promise<void> {
    const { origin, program } = this.#options;
    // Only now: had others meanwhile made what is to come, it would have collided.
    if (!remaking.wasTrue) this.#breach ??= 'the records were not those that were sealed';
    const next = remaking.list;
    const [checkpoints] = await Promise.all([digestCheckpoints(tx, origin), this.#writeChunks(tx, remaking)]);
    const content: SealContent = {
      ...next.digest(),
      checkpoints,
      program,
      ...(this.#breach !== undefined && { breach: this.#breach }),
    };
    const link = { number: head.number + 1, previous: head.seal, content: JSON.stringify(content) };
    const seal = sealOf(link);
    await tx.run(
      `MATCH (c:AuditChain {origin: $origin}) SET c.number = $number, c.seal = $seal
       CREATE (:AuditSeal {origin: $origin, number: $number, previous: $previous, content: $content, seal: $seal, tx: $tx})`,
      { ...link, number: BigInt(link.number), origin, seal, tx: transaction },
    );
    this.#lists.clear();
    this.#lists.set(head.seal, head.list).set(seal, next);
  }

  /** Compares the records with the last seal, before the first write of this program: a link more would cover up the gap. */
  async #compareOnce(tx: Transaction, number: number, list: ChunkList): Promise<void> {
    if (this.#hasBegun) return;
    this.#breach = await this.#breachOf(tx, number, list.digest());
    this.#hasBegun = true;
  }

  async #breachOf(tx: Transaction, number: number, digest: GraphDigest): Promise<string | undefined> {
    const { origin } = this.#options;
    const checkpoints = await digestCheckpoints(tx, origin);
    if (number === 0) return digest.nodes > 0 ? 'there was no seal, though there were records' : undefined;
    const [link] = await tx.run<{ content: string }>(
      'MATCH (s:AuditSeal {origin: $origin, number: $number}) RETURN s.content AS content',
      { origin, number: BigInt(number) },
    );
    const sealed = link && readSealContent(link);
    if (sealed === undefined) return `seal ${number} could not be read`;
    if (sealed.fingerprint !== digest.fingerprint || sealed.nodes !== digest.nodes) {
      return `the records were not as seal ${number} had left them`;
    }
    return sealed.checkpoints === checkpoints ? undefined : `the checkpoints were not as seal ${number} had left them`;
  }

  async #writeChunks(tx: Transaction, { gone, made }: Remaking): Promise<void> {
    const { origin } = this.#options;
    if (gone.length > 0) {
      const drop = 'UNWIND $gone AS first MATCH (c:AuditChunk {origin: $origin, first: first}) DELETE c';
      await tx.run(drop, { origin, gone });
    }
    if (made.length === 0) return;
    await tx.run(
      `UNWIND $made AS row MERGE (c:AuditChunk {origin: $origin, first: row.first})
       SET c.digest = row.digest, c.entries = row.entries`,
      { origin, made: made.map((chunk) => ({ ...chunk, entries: BigInt(chunk.entries) })) },
    );
  }

  async #readLeaves(tx: Transaction, stretches: readonly Stretch[]): Promise<ReadonlyMap<Stretch, readonly Leaf[]>> {
    if (stretches.length === 0) return new Map();
    const { origin } = this.#options;
    const spans = stretches.flatMap((stretch, at) =>
      spansOf(origin, stretch.from, stretch.before).map((span) => ({ ...span, at: BigInt(at) })),
    );
    const rows = await tx.run<{ at: bigint; key: string; leaf: string }>(
      `UNWIND $spans AS span MATCH (e:AuditEntry) WHERE e.key >= span.from AND e.key < span.before
       RETURN span.at AS at, e.key AS key, e.leaf AS leaf ORDER BY at, key`,
      { spans },
    );
    const leaves = new Map<Stretch, Leaf[]>(stretches.map((stretch) => [stretch, []]));
    for (const { at, key, leaf } of rows) {
      const stretch = stretches[Number(at)];
      if (stretch !== undefined) leaves.get(stretch)?.push({ key, leaf });
    }
    return leaves;
  }

  async #readList(tx: Transaction): Promise<ChunkList> {
    const rows = await tx.run<Omit<Chunk, 'entries'> & { entries: bigint }>(
      `MATCH (c:AuditChunk {origin: $origin})
       RETURN c.first AS first, c.digest AS digest, c.entries AS entries ORDER BY c.first`,
      { origin: this.#options.origin },
    );
    return new ChunkList(rows.map((row) => ({ ...row, entries: Number(row.entries) })));
  }
}

function taken(path: string): AuditError {
  const message = `another run of this source has taken target ${path}, as this one had not been heard of for too long`;
  return new AuditError('run-busy', message, 'let the other one end, and run again: nothing that was written is lost');
}
