import type { Database } from 'better-sqlite3';
import { type GraphDigest, readSealContent, type SealContent, sealOf } from '../../model/seal.ts';
import { prepareChunkStatements } from './chunk-statements.ts';
import { Fingerprint, type LeafChange } from './fingerprint.ts';
import { keyOrderOf } from './key-order.ts';
import { prepareSealStatements } from './seal-statements.ts';

/** Seals what a write transaction of ours has done, within it. */
export class Sealer {
  readonly #fingerprint: Fingerprint;
  readonly #seals;
  readonly #program: string;
  readonly #version;
  /** Another one means that somebody else has written to the file. */
  #lastVersion: number | undefined;
  #hasBegun = false;
  #breach: string | undefined;

  /** `program` is this program with its version. */
  constructor(db: Database, program: string) {
    this.#fingerprint = new Fingerprint(prepareChunkStatements(db), keyOrderOf(db));
    this.#seals = prepareSealStatements(db);
    this.#program = program;
    this.#version = db.prepare<[], number>('PRAGMA data_version').pluck();
  }

  /** How the graph was not as the last seal had left it; undefined where it was, as far as it was looked at. */
  get breach(): string | undefined {
    return this.#breach;
  }

  /** Compares the graph with the last seal, before the first write of this program: a link more would cover up the gap. */
  begin(): void {
    if (this.#hasBegun) return;
    this.#breach = this.#breachNow();
    this.#hasBegun = true;
  }

  /** Adds a link to the chain, after these entries have come, changed or gone. */
  seal(changes: readonly LeafChange[]): void {
    const version = this.#version.get();
    if (version !== this.#lastVersion) this.#fingerprint.forget();
    this.#lastVersion = version;
    if (!this.#fingerprint.refresh(changes)) this.#breach ??= 'the records were not those that were sealed';
    const head = this.#seals.head();
    const { fingerprint, nodes } = this.#fingerprint.get();
    const content: SealContent = {
      fingerprint,
      nodes,
      checkpoints: this.#seals.checkpoints(),
      program: this.#program,
      ...(this.#breach !== undefined && { breach: this.#breach }),
    };
    const link = { number: (head?.number ?? 0) + 1, previous: head?.seal ?? '', content: JSON.stringify(content) };
    this.#seals.append({ ...link, seal: sealOf(link) });
  }

  /** A transaction was undone. */
  forget(): void {
    this.#fingerprint.forget();
  }

  digest(): GraphDigest {
    return this.#fingerprint.get();
  }

  #breachNow(): string | undefined {
    const head = this.#seals.head();
    const digest = this.#fingerprint.get();
    if (head === undefined) {
      return digest.nodes > 0 || this.#seals.hasCheckpoints()
        ? 'there was no seal, though there were records'
        : undefined;
    }
    const sealed = readSealContent(head);
    if (sealed === undefined) return `seal ${head.number} could not be read`;
    if (sealed.fingerprint !== digest.fingerprint || sealed.nodes !== digest.nodes) {
      return `the records were not as seal ${head.number} had left them`;
    }
    if (sealed.checkpoints === this.#seals.checkpoints()) return undefined;
    return `the checkpoints were not as seal ${head.number} had left them`;
  }
}
