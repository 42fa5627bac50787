import { closeSync, openSync, readSync } from 'node:fs';
import { connect } from '../connect.ts';
import { translated } from '../translate-error.ts';
import { copyFile } from './copy-file.ts';
import { type Copying, copyPages } from './copy-pages.ts';
import { lockedError } from './locked-error.ts';

/** Where the header says whether a database is in WAL mode. */
const VERSION_AT = 18;
const IN_WAL_MODE = 2;

/** Where the state that is replaced is kept. */
export interface Keeping {
  /** An empty file. */
  readonly into: string;
  /** What that is to be called in the end. */
  readonly shown: string;
  /** Called when all of it is there. */
  readonly publish: () => void;
  /** Called when it is of no use, as nothing was replaced. */
  readonly drop: () => void;
}

/**
 * Copies what a file holds while a restore has it locked and has not written to it yet, so that no write of others falls
 * between what is kept and what is replaced. In WAL mode a reader sees just that. In any other mode the lock keeps readers
 * out, ours too, and the file itself is all there is to the database.
 */
export class PresentState {
  readonly #path: string;
  readonly #keeping: Keeping;
  readonly #copying: Copying;
  /** Open from before SQLite has the file until after that: to close it would drop the locks that this process has on it. */
  readonly #file: number;
  #work: Promise<void> | undefined;
  #outcome: 'kept' | { readonly error: unknown } | undefined;

  constructor(path: string, keeping: Keeping, copying: Copying) {
    this.#path = path;
    this.#keeping = keeping;
    this.#copying = copying;
    this.#file = openSync(path, 'r');
  }

  /** Whether it is kept; the first call begins to. Throws where it cannot be. */
  readonly isKept = (): boolean => {
    this.#work ??= this.#keep();
    if (typeof this.#outcome === 'object') throw this.#outcome.error;
    return this.#outcome === 'kept';
  };

  /** Call it when nothing else of this process has the file open. */
  async close(): Promise<void> {
    await this.#work;
    closeSync(this.#file);
  }

  async #keep(): Promise<void> {
    const { into, shown, publish } = this.#keeping;
    try {
      if (this.#isWal()) await this.#copySnapshot();
      else await copyFile(this.#file, into, shown, this.#copying);
      publish();
      this.#outcome = 'kept';
    } catch (error) {
      this.#outcome = { error };
    }
  }

  #isWal(): boolean {
    const version = Buffer.alloc(1);
    readSync(this.#file, version, 0, 1, VERSION_AT);
    return version[0] === IN_WAL_MODE;
  }

  async #copySnapshot(): Promise<void> {
    const { into, shown } = this.#keeping;
    const path = this.#path;
    const db = connect(path, { readonly: true, fileMustExist: true });
    try {
      if (!(await copyPages(db, into, this.#copying))) throw lockedError({ role: 'target', path });
    } catch (error) {
      throw translated(error, { role: 'backup', path: shown });
    } finally {
      db.close();
    }
  }
}
