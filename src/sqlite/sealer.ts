import type { Database } from 'better-sqlite3';
import { type GraphDigest, type SealContent, sealOf } from '../model/seal.ts';
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

  /** `program` is this program with its version. */
  constructor(db: Database, program: string) {
    this.#fingerprint = new Fingerprint(prepareChunkStatements(db), keyOrderOf(db));
    this.#seals = prepareSealStatements(db);
    this.#program = program;
    this.#version = db.prepare<[], number>('PRAGMA data_version').pluck();
  }

  /** Adds a link to the chain, after these entries have come, changed or gone. */
  seal(changes: readonly LeafChange[]): void {
    const version = this.#version.get();
    if (version !== this.#lastVersion) this.#fingerprint.forget();
    this.#lastVersion = version;
    this.#fingerprint.refresh(changes);
    const head = this.#seals.head();
    const { fingerprint, nodes } = this.#fingerprint.get();
    const content: SealContent = {
      fingerprint,
      nodes,
      checkpoints: this.#seals.checkpoints(),
      program: this.#program,
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
}
