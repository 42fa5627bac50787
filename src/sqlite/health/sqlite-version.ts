import { connect } from '../connect.ts';

/** The version of SQLite that is at work. */
export function sqliteVersion(): string {
  const db = connect(':memory:');
  try {
    return db.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? 'unknown';
  } finally {
    db.close();
  }
}
