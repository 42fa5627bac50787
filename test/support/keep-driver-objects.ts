import Database from 'better-sqlite3';
import { keep } from '../../src/sqlite/connect.ts';

/** Tests open databases by themselves, so what `connect` does for the product is done here for every connection. */
const { prepare } = Database.prototype;
const db = keep(new Database(':memory:'));
const statement = keep(prepare.call(db, 'SELECT 1'));
const { iterate } = Object.getPrototypeOf(statement);

const { exec, transaction } = Database.prototype;
Object.assign(Database.prototype, {
  exec(this: Database.Database, sql: string) {
    return exec.call(keep(this), sql);
  },
  transaction(this: Database.Database, action: (...parameters: unknown[]) => unknown) {
    return transaction.call(keep(this), action);
  },
  prepare(this: Database.Database, sql: string) {
    return keep(prepare.call(keep(this), sql));
  },
  pragma(this: Database.Database, source: string, { simple = false } = {}) {
    const pragma = this.prepare(`PRAGMA ${source}`);
    if (!pragma.reader) return pragma.run();
    return simple ? pragma.pluck().get() : pragma.all();
  },
});
Object.assign(Object.getPrototypeOf(statement), {
  iterate(this: typeof statement, ...parameters: readonly unknown[]) {
    return keep(iterate.apply(this, parameters));
  },
});
