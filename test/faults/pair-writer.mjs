/**
 * Another program that has a graph open and never stops writing it: node pair-writer.mjs FILE KIB. Each transaction puts one
 * row in each of two tables and changes KIB of others, so that a file holds as many of the one as of the other, or is torn;
 * it ends where it sees such a file, or cannot write.
 */
import Database from 'better-sqlite3';

const [path = '', kib = '0'] = process.argv.slice(2);
const db = new Database(path, { timeout: 30_000 });
db.exec('CREATE TABLE IF NOT EXISTS lefts(at); CREATE TABLE IF NOT EXISTS rights(at)');
const insert = ['lefts', 'rights'].map((table) => db.prepare(`INSERT INTO ${table} VALUES (?)`));
const torn = db.prepare('SELECT (SELECT count(*) FROM lefts) <> (SELECT count(*) FROM rights)').pluck();
const change = db.prepare('UPDATE ballast SET content = randomblob(1024) WHERE rowid % 4096 < ?');
for (let at = 0; ; at++) {
  db.transaction(() => {
    if (torn.get() === 1) throw new Error('torn');
    insert[0]?.run(at);
    if (Number(kib) > 0) change.run(Number(kib));
    insert[1]?.run(at);
  }).immediate();
  process.stdout.write(`${at}\n`);
  // SQLite has no queue: without a breath nobody else would ever get the lock.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3);
}
