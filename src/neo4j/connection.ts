import { setTimeout as pause } from 'node:timers/promises';
import neo4j, { type Driver, type ManagedTransaction, type Session } from 'neo4j-driver';
import { AuditError } from '../model/errors.ts';
import { interruption } from '../model/interruption.ts';
import type { Credentials } from './credentials.ts';
import { Grace, untilAborted } from './grace.ts';
import type { Neo4jAddress } from './neo4j-address.ts';
import { OpenTransaction } from './open-transaction.ts';
import type { Parameters, Transaction } from './transaction.ts';
import { isCollision, isPassing, translated, unreachable } from './translate-error.ts';

/** A server answers so many at once of one thread of ours; more wait, as it has to serve others, too. */
const MOST_CONNECTIONS = 16;
const CONNECTION_TIMEOUT_MS = 10_000;
/** A server that restarts, or a cluster that chooses another leader, is waited for so long in the midst of work. */
const RETRY_MS = 120_000;
/** Between two tries, in milliseconds: the first time, and at the most. */
const PAUSES_MS = { first: 50, longest: 1000 } as const;
const COLLISIONS_IN_A_ROW = 10;

/** A database of a Neo4j server that answers. */
export class Connection {
  readonly path: string;
  readonly #driver: Driver;
  readonly #database: string | undefined;
  /** Whoever reads after a write sees it, on whichever server of a cluster. */
  readonly #bookmarks = neo4j.bookmarkManager();
  readonly #grace: Grace;
  #longestWriteMs = 0;
  /** Since when no try has come to its end; undefined while all is well. */
  #awaySince: number | undefined;
  #isClosed = false;

  private constructor(driver: Driver, { database, shown }: Neo4jAddress, signal: AbortSignal | undefined) {
    this.path = shown;
    this.#driver = driver;
    this.#database = database;
    this.#grace = new Grace(signal);
  }

  /**
   * Connects, and throws an `AuditError` where no server answers or it does not let us in. Once `signal` is aborted, nothing
   * that is asked of it lasts much longer.
   */
  static async open(address: Neo4jAddress, { user, password }: Credentials, signal?: AbortSignal): Promise<Connection> {
    const token = user === undefined ? undefined : neo4j.auth.basic(user, password ?? '');
    const driver = neo4j.driver(address.server, token, {
      useBigInt: true,
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      maxConnectionPoolSize: MOST_CONNECTIONS,
      maxTransactionRetryTime: 0,
      telemetryDisabled: true,
    });
    const connection = new Connection(driver, address, signal);
    try {
      await connection.#verify();
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** The longest transaction that wrote, so far, in milliseconds. */
  get longestWriteMs(): number {
    return this.#longestWriteMs;
  }

  /** Reads something in one transaction, and again where that failed for a reason that passes. */
  read<Result>(action: (tx: Transaction) => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    return this.#inSession('READ', (session) => {
      return untilAborted(
        signal,
        session.executeRead((tx) => action(toTransaction(tx))),
      );
    });
  }

  /**
   * Writes in one transaction. Where it fails for a reason that passes, or somebody else made the same thing just before,
   * `action` is called again from the beginning, and told so: the server may have committed the first try, and its answer
   * may have been lost.
   */
  write<Result>(action: (tx: Transaction, isAgain: boolean) => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    let isAgain = false;
    return this.#inSession('WRITE', (session) => {
      if (signal?.aborted) throw interruption(signal);
      const work = session.executeWrite(async (tx) => {
        const started = performance.now();
        const again = isAgain;
        isAgain = true;
        const result = await action(toTransaction(tx), again);
        this.noteWrite(performance.now() - started);
        return result;
      });
      return untilAborted(signal, work);
    });
  }

  /** Begins a transaction that its caller ends; only its beginning is tried again. */
  async begin(signal?: AbortSignal): Promise<OpenTransaction> {
    return this.#untilDone(async () => {
      signal?.throwIfAborted();
      const session = this.#open('WRITE');
      try {
        const tx = await session.beginTransaction();
        // Connections that were kept open may be dead, which nobody knows before something is asked.
        await tx.run('RETURN 1');
        return new OpenTransaction(session, tx, this.path);
      } catch (error) {
        await session.close().catch(() => undefined);
        throw translated(error, this.path);
      }
    });
  }

  /** Takes a transaction into account that was begun here. */
  noteWrite(milliseconds: number): void {
    this.#longestWriteMs = Math.max(this.#longestWriteMs, milliseconds);
  }

  /** Runs a statement that cannot stand in a transaction with others, such as one that makes an index. */
  async runAlone(cypher: string): Promise<void> {
    await this.#inSession('WRITE', (session) => session.executeWrite((tx) => tx.run(cypher)));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#grace.end();
    await this.#driver.close();
  }

  #open(mode: 'READ' | 'WRITE'): Session {
    const database = this.#database === undefined ? {} : { database: this.#database };
    return this.#driver.session({ ...database, defaultAccessMode: mode, bookmarkManager: this.#bookmarks });
  }

  /**
   * Tries again what failed for a reason that passes. A server that is away is waited for once, and not by all that is asked
   * of it one after the other.
   */
  async #untilDone<Result>(action: () => Promise<Result>): Promise<Result> {
    const started = performance.now();
    for (let [collisions, wait] = [0, PAUSES_MS.first as number]; ; wait = Math.min(2 * wait, PAUSES_MS.longest)) {
      try {
        const result = await this.#grace.within(action);
        this.#awaySince = undefined;
        return result;
      } catch (error) {
        const cause = error instanceof AuditError ? error.cause : error;
        if (isCollision(cause)) {
          if (++collisions > COLLISIONS_IN_A_ROW) throw error;
          continue;
        }
        if (this.#isClosed || !isPassing(cause)) throw error;
        this.#awaySince ??= performance.now();
        if (performance.now() - Math.min(started, this.#awaySince) > RETRY_MS) throw error;
        // Those who got into each other's way do not come again at the same time.
        await this.#grace.within(() => pause(wait * (0.5 + Math.random() / 2)));
      }
    }
  }

  #inSession<Result>(mode: 'READ' | 'WRITE', action: (session: Session) => Promise<Result>): Promise<Result> {
    return this.#untilDone(() => this.#session(mode, action));
  }

  async #session<Result>(mode: 'READ' | 'WRITE', action: (session: Session) => PromiseLike<Result>): Promise<Result> {
    const session = this.#open(mode);
    try {
      return await action(session);
    } catch (error) {
      throw translated(error, this.path);
    } finally {
      await session.close().catch(() => undefined);
    }
  }

  /** The server first, and then the database: a driver that asks for one that is not there never ends. */
  async #greet(): Promise<void> {
    await this.#driver.verifyConnectivity().catch((error: unknown) => {
      throw translated(error, this.path);
    });
    await this.#session('READ', (session) => session.run('RETURN 1'));
  }

  /** A port where somebody listens and never answers would be waited for without end. */
  async #verify(): Promise<void> {
    const ended = new AbortController();
    const late = pause(2 * CONNECTION_TIMEOUT_MS, undefined, { signal: ended.signal }).then(
      () => {
        throw new AuditError(...unreachable(this.path));
      },
      () => undefined,
    );
    try {
      await this.#grace.within(() => Promise.race([this.#greet(), late]));
    } finally {
      ended.abort();
    }
  }
}

/** Statements that are sent together fail together, and the first failure is the one that says why. */
function toTransaction(tx: ManagedTransaction): Transaction {
  let failed: { readonly error: unknown } | undefined;
  return {
    run: async <Row extends object>(cypher: string, parameters?: Parameters) => {
      try {
        const { records } = await tx.run<Row>(cypher, parameters);
        return records.map((record) => record.toObject());
      } catch (error) {
        failed ??= { error };
        throw failed.error;
      }
    },
  };
}
