import Database from 'better-sqlite3';

/**
 * A process of nothing but SQLite: runs the SQL in its environment on the database it is given. Plain JavaScript, so that
 * it starts as fast as the product does.
 */
const db = new Database(process.argv[2]);
db.exec(process.env['BENCH_SQL'] ?? '');
db.close();
