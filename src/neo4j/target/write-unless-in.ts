import type { Connection } from '../connection.ts';
import type { Transaction } from '../transaction.ts';

/**
 * Writes in one transaction. Before it is tried again `isIn` tells whether the last try is in: the server may have committed
 * it, or be about to, and its answer may have been lost. What that try gave is given then.
 */
export function writeUnlessIn<Result>(
  connection: Pick<Connection, 'write'>,
  isIn: (tx: Transaction) => Promise<boolean>,
  action: (tx: Transaction) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  let last: { readonly result: Result } | undefined;
  return connection.write(async (tx, isAgain) => {
    if (isAgain && last !== undefined && (await isIn(tx))) return last.result;
    last = { result: await action(tx) };
    return last.result;
  }, signal);
}
