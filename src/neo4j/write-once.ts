import type { RecordCleaner } from '../model/change.ts';
import type { GraphOpening } from '../model/graph-opening.ts';
import { type NodeHooks, nodeHooks } from '../model/node-hooks.ts';
import { uuidV7 } from '../model/uuid-v7.ts';
import type { Connection } from './connection.ts';
import { GraphWriter } from './graph-writer.ts';
import type { Transaction } from './transaction.ts';

/** How somebody writes to a graph. */
export interface WriteSettings {
  /** Reads the time, ISO 8601; once a transaction. */
  readonly clock: () => string;
  readonly cleaner: RecordCleaner;
  /** Called with every node that is written; undefined where there are none. */
  readonly hooks: NodeHooks | undefined;
  /** Ends a wait. */
  readonly signal: AbortSignal;
}

/** The settings of a graph that is opened. */
export function writeSettings({ cleaner, hooks, patience }: GraphOpening, clock: () => string): WriteSettings {
  return { clock, cleaner, hooks: nodeHooks(hooks, cleaner), signal: patience.signal };
}

/** What is written with, in one try of a transaction. */
export interface Work {
  readonly tx: Transaction;
  readonly writer: GraphWriter;
  readonly mark: TransactionMark;
}

/** What tells a try of a transaction from all others in the log of changes, and when it was. */
export interface TransactionMark {
  readonly tx: string;
  /** ISO 8601. */
  readonly now: string;
}

/** Does a piece of work, and tells the log of it. */
export async function doWork<Result>(
  tx: Transaction,
  settings: WriteSettings,
  mark: TransactionMark,
  action: (work: Work) => Promise<Result>,
): Promise<Result> {
  const { cleaner, hooks } = settings;
  const writer = new GraphWriter(tx, { ...mark, run: null, cleaner, hooks });
  const result = await action({ tx, writer, mark });
  await writer.end();
  return result;
}

/**
 * Does a piece of work in one transaction, again where that failed for a reason that passes, and yet once: where a try was
 * committed, and the server's answer got lost, what it gave is given.
 */
export async function writeOnce<Result>(
  connection: Connection,
  settings: WriteSettings,
  action: (work: Work) => Promise<Result>,
): Promise<Result> {
  const { signal } = settings;
  const now = settings.clock();
  const tries = new Map<string, Result>();
  try {
    return await connection.write(async (tx, isAgain) => {
      const mark = { tx: uuidV7(), now };
      const result = await doWork(tx, settings, mark, action);
      // It may have come in only while this one was at work.
      if (isAgain && (await findCommitted(tx, now, tries)) !== undefined) throw new DoneBefore();
      tries.set(mark.tx, result);
      return result;
    }, signal);
  } catch (error) {
    if (signal.aborted || tries.size === 0) throw error;
    const committed = await connection.read((tx) => findCommitted(tx, now, tries), signal).catch(() => undefined);
    if (committed !== undefined) return committed.result;
    throw error;
  }
}

/** Whether a transaction is in, as the log tells; one that has changed nothing is not. */
export function isCommitted(connection: Connection, { tx: id, now }: TransactionMark): Promise<boolean> {
  return connection.read(async (tx) => (await findCommitted(tx, now, new Map([[id, true]]))) !== undefined);
}

class DoneBefore extends Error {}

async function findCommitted<Result>(tx: Transaction, now: string, tries: ReadonlyMap<string, Result>) {
  const [row] = await tx.run<{ tx: string }>(
    'MATCH (c:AuditChange {at: $now}) WHERE c.tx IN $tries RETURN c.tx AS tx LIMIT 1',
    { now, tries: [...tries.keys()] },
  );
  for (const [id, result] of tries) if (id === row?.tx) return { result };
  return undefined;
}
