import Database from 'better-sqlite3';
import { keep } from '../../src/sqlite/connect.ts';

/** Tests open databases by themselves, so what `connect` does for the product is done here for every connection. */
const { prepare } = Database.prototype;
const db = keep(new Database(':memory:'));
const statement = keep(prepare.call(db, 'SELECT 1'));
const { iterate } = Object.getPrototypeOf(statement);

Object.assign(Database.prototype, {
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
