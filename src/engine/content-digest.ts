import { createHash } from 'node:crypto';
import type { Columns, RowOf } from '../model/extractor.ts';

/** So many characters are hashed at once, as each call costs. */
const CHARACTERS_AT_ONCE = 65_536;

/** A digest of packed rows, whatever windows they come in. */
export class ContentDigest {
  readonly #hash = createHash('sha256');
  #pending = '';

  addAll(rows: Iterable<RowOf<Columns>>): void {
    for (const { packed } of rows) {
      this.#pending += `${packed}\n`;
      if (this.#pending.length > CHARACTERS_AT_ONCE) this.#flush();
    }
  }

  finish(): string {
    this.#flush();
    return this.#hash.digest('hex').slice(0, 32);
  }

  #flush(): void {
    this.#hash.update(this.#pending);
    this.#pending = '';
  }
}
