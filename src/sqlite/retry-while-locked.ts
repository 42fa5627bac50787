import { setTimeout } from 'node:timers/promises';
import { AuditError } from '../model/errors.ts';
import type { Patience } from '../model/patience.ts';
import { LOCK_WAIT_MS } from './lock-wait.ts';

const BETWEEN_TRIES_MS = 50;

/** Tries an action again while a database is locked, for as long as SQLite would at the least, and not deaf to signals. */
export async function retryWhileLocked<Result>(
  patience: Patience,
  action: () => Result | Promise<Result>,
): Promise<Result> {
  const deadline = performance.now() + Math.max(patience.waitMs, LOCK_WAIT_MS);
  for (;;) {
    try {
      return await action();
    } catch (error) {
      const isLocked = error instanceof AuditError && error.code.endsWith('-locked');
      if (!isLocked || performance.now() > deadline || patience.signal.aborted) throw error;
    }
    await setTimeout(BETWEEN_TRIES_MS);
  }
}
