/**
 * Loaded before the program with NODE_OPTIONS=--import: does something at the nth write transaction of the process.
 * FAULT=kill-before|kill-after|read-only, FAULT_AT=n. It is the driver that is bent, not the program.
 */
import Database from 'better-sqlite3';

const { FAULT, FAULT_AT } = process.env;
const at = Number(FAULT_AT);
let commits = 0;

const die = () => process.kill(process.pid, 'SIGKILL');
const { transaction } = Database.prototype;

/**
 * @this {Database.Database}
 * @param {(...given: unknown[]) => unknown} action
 */
function bentTransaction(action) {
  const plain = transaction.call(this, action);
  const bent = transaction.call(this, (...given) => {
    const result = action(...given);
    if (FAULT === 'kill-before' && commits === at) die();
    return result;
  });
  /** @param {unknown[]} given */
  const immediate = (...given) => {
    commits++;
    const result = bent.immediate(...given);
    if (FAULT === 'kill-after' && commits === at) die();
    if (FAULT === 'read-only' && commits === at) this.exec('PRAGMA query_only = ON');
    return result;
  };
  /** @param {unknown[]} given */
  const call = (...given) => plain(...given);
  return Object.assign(call, { deferred: plain.deferred, exclusive: plain.exclusive, immediate });
}

Object.defineProperty(Database.prototype, 'transaction', { value: bentTransaction });
