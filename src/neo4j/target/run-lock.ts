import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { AuditError } from '../../model/errors.ts';
import type { RunLock } from '../../model/graph-database.ts';
import type { Patience } from '../../model/patience.ts';
import { uuidV7 } from '../../model/uuid-v7.ts';
import type { Connection } from '../connection.ts';
import { lockChain } from './lock-chain.ts';

/** A holder that is not heard of for so long has gone, and is told so if it has not. */
export const LEASE_MS = 30_000;
const RENEWAL_MS = 10_000;
const BETWEEN_TRIES_MS = 500;

/** The lock of one origin, by which its writes are known. */
export interface Lease extends RunLock {
  readonly holder: string;
}

interface Holder {
  readonly holder: string | null;
  readonly host: string | null;
  readonly pid: bigint | null;
  readonly isOver: boolean;
}

/**
 * Takes the lock of an origin, on its `AuditChain`: runs of other origins go on beside. It is a lease that is renewed while this
 * process lives, by the clock of the server; every write makes sure that it still is ours. One whose process has gone from
 * this machine is taken at once. The schema must be there.
 */
export async function acquireRunLock(
  connection: Connection,
  origin: string,
  { waitMs, signal }: Patience,
): Promise<Lease> {
  const deadline = performance.now() + waitMs;
  const holder = uuidV7();
  while (!(await take(connection, origin, holder, signal))) {
    const left = deadline - performance.now();
    if (left <= 0) throw busy(connection.path);
    await pause(Math.min(BETWEEN_TRIES_MS, left), undefined, { signal });
  }
  const renewal = setInterval(() => void renew(connection, origin, holder).catch(() => undefined), RENEWAL_MS);
  renewal.unref();
  return {
    holder,
    release: async () => {
      clearInterval(renewal);
      // What is not given back is over soon, and what the run has to tell must not be lost with it.
      await release(connection, origin, holder).catch(() => undefined);
    },
  };
}

async function take(connection: Connection, origin: string, holder: string, signal: AbortSignal): Promise<boolean> {
  return connection.write(async (tx) => {
    await lockChain(tx, origin);
    const [found] = await tx.run<Holder>(
      `MATCH (c:AuditChain {origin: $origin})
       RETURN c.holder AS holder, c.host AS host, c.pid AS pid, coalesce(c.until, 0) < timestamp() AS isOver`,
      { origin },
    );
    if (found === undefined || !isFree(found, holder)) return false;
    await tx.run(
      `MATCH (c:AuditChain {origin: $origin})
       SET c.holder = $holder, c.host = $host, c.pid = $pid, c.until = timestamp() + $lease`,
      { origin, holder, host: hostname(), pid: BigInt(process.pid), lease: BigInt(LEASE_MS) },
    );
    return true;
  }, signal);
}

function isFree({ holder, host, pid, isOver }: Holder, own: string): boolean {
  if (holder === null || holder === own || isOver) return true;
  return host === hostname() && pid !== null && !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // One that may not be asked is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function renew(connection: Connection, origin: string, holder: string): Promise<void> {
  await connection.write(async (tx) => {
    await lockChain(tx, origin);
    await tx.run('MATCH (c:AuditChain {origin: $origin}) WHERE c.holder = $holder SET c.until = timestamp() + $lease', {
      ...{ origin, holder, lease: BigInt(LEASE_MS) },
    });
  });
}

async function release(connection: Connection, origin: string, holder: string): Promise<void> {
  await connection.write(async (tx) => {
    await lockChain(tx, origin);
    await tx.run(
      `MATCH (c:AuditChain {origin: $origin}) WHERE c.holder = $holder
       REMOVE c.holder, c.host, c.pid, c.until`,
      { origin, holder },
    );
  });
}

function busy(path: string): AuditError {
  const hint =
    'wait for it with --wait SECONDS, or let the timer try again; sources of other origins can run beside it';
  return new AuditError('run-busy', `another run of this source is writing to target ${path}`, hint);
}
