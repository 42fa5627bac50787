import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { appendToolCalls, prepareSessions, removeAppended } from '../../scripts/bench/session-database.ts';
import { tempFolder } from '../support/temp-folder.ts';

function stateOf(path: string) {
  const db = new Database(path, { readonly: true });
  const calls = db.prepare('SELECT count(*) AS calls, max(id) AS last FROM tool_analytics').get();
  const sequence = db
    .prepare(`SELECT seq, typeof(seq) AS type FROM sqlite_sequence WHERE name = 'tool_analytics'`)
    .get();
  db.close();
  return { calls, sequence };
}

it('a database of the bench is as it was once appended rows are taken away, its next id included', () => {
  const database = prepareSessions(tempFolder(), 5000);
  const before = stateOf(database.path);
  expect(before).toEqual({ calls: { calls: 5000, last: 5000 }, sequence: { seq: 5000, type: 'integer' } });
  appendToolCalls(database, 100);
  expect(stateOf(database.path)).toMatchObject({ calls: { calls: 5100, last: 5100 } });
  removeAppended(database);
  expect(stateOf(database.path)).toEqual(before);
});
