import type { Database } from 'better-sqlite3';
import { type GraphDigest, type SealContent, sealOf } from '../model/seal.ts';
import { prepareChunkStatements } from './chunk-statements.ts';
import { Fingerprint } from './fingerprint.ts';
import { keyOrderOf } from './key-order.ts';
import { prepareSealStatements } from './seal-statements.ts';

/** Seals what a write transaction of ours has done, within it. */
export class Sealer {
  readonly #fingerprint: Fingerprint;
  readonly #seals;
  readonly #program: string;

  /** `program` is this program with its version. */
  constructor(db: Database, program: string) {
    this.#fingerprint = new Fingerprint(prepareChunkStatements(db), keyOrderOf(db));
    this.#seals = prepareSealStatements(db);
    this.#program = program;
  }

  /** Adds a link to the chain, after entries of these keys have come, changed or gone. */
  seal(keys: readonly string[]): void {
    this.#fingerprint.refresh(keys);
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

  digest(): GraphDigest {
    return this.#fingerprint.get();
  }
}
