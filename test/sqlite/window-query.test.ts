import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { buildSessionsDb, usualTables } from '../../fixtures/sessions-db.ts';
import { builtinExtractors } from '../../src/extractors/index.ts';
import { notRedacting } from '../../src/model/redaction.ts';
import { openSource } from '../../src/sqlite/source/source.ts';
import { inspectTable } from '../../src/sqlite/table-shape.ts';
import { bindingsOf, windowQuery } from '../../src/sqlite/windows/window-query.ts';
import { tempFolder } from '../support/temp-folder.ts';

function usualDatabase(): Database.Database {
  const path = join(tempFolder(), 'sessions.db');
  buildSessionsDb(path, usualTables({}));
  return new Database(path);
}

describe('a window of a table', () => {
  it.each(
    builtinExtractors.flatMap((extractor) =>
      [false, true].map((isPacked) => [extractor.table, isPacked, extractor] as const),
    ),
  )(
    '%s, packed %s, is read along its row ids, whatever indexes there are, without sorting',
    (table, isPacked, extractor) => {
      const db = usualDatabase();
      db.exec('CREATE INDEX tempting ON tool_analytics(status, created_at)');
      const shape = inspectTable(db, table);
      if (shape === undefined) throw new Error(`no ${table}`);
      const condition = extractor.where?.({ errorStatuses: ['error'] }) ?? { sql: 'TRUE', parameters: [] };
      const plan = db
        .prepare<unknown[], { detail: string }>(
          `EXPLAIN QUERY PLAN ${windowQuery({ table: shape, columns: extractor.columns, condition, isPacked })}`,
        )
        .all(...bindingsOf(condition, [1, 2]));
      const details = plan.map(({ detail }) => detail).filter((detail) => /SEARCH|SCAN (?!\()|ORDER/.test(detail));
      expect(details).toEqual([`SEARCH ${table} USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)`]);
      db.close();
    },
  );

  it('of a table without row ids is read along its primary key, without sorting', () => {
    const db = new Database(':memory:');
    db.exec('CREATE TABLE system_events(a COLLATE NOCASE, id, PRIMARY KEY (id, a)) WITHOUT ROWID');
    const shape = inspectTable(db, 'system_events');
    if (shape === undefined) throw new Error('no system_events');
    const sql = windowQuery({
      table: shape,
      columns: { id: 'id' },
      condition: { sql: 'TRUE', parameters: [] },
      isPacked: false,
    });
    const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(1, 2, 3, 4, 5, 6, 7, 8);
    const details = plan.map(({ detail }) => detail).filter((detail) => /SEARCH|SCAN system|ORDER/.test(detail));
    expect(details[0]).toContain('SEARCH system_events USING PRIMARY KEY');
    expect(details.join()).not.toContain('ORDER BY');
  });

  it('finds the rowid under another name where a column has taken its own', () => {
    const db = new Database(':memory:');
    db.exec('CREATE TABLE system_events(rowid TEXT, _rowid_ TEXT, id)');
    expect(inspectTable(db, 'SYSTEM_EVENTS')?.order).toEqual({ by: 'rowid', alias: 'oid' });
  });
});

describe('a condition of SQL', () => {
  it('is asked with its own parameters, whatever window its rows are in', () => {
    const path = join(tempFolder(), 'sessions.db');
    const rows = ['Bash', 'Read', 'Bash'].map((tool_name) => ({ tool_name, status: 'error' }));
    buildSessionsDb(path, usualTables({ tool_analytics: rows }));
    const source = openSource(path, { redactor: notRedacting, windowRows: 2 });
    const condition = { sql: 'tool_name = ? AND status = ?', parameters: ['Bash', 'error'] };
    const reader = source.openReader({
      table: 'tool_analytics',
      columns: { id: 'id', tool_name: 'text', status: 'text' },
      condition,
    });
    const ids: unknown[] = [];
    while (reader.readWindow((window) => ids.push(...[...window].map(({ id }) => id))))
      expect(ids.length).toBeLessThan(3);
    source.close();
    expect(ids).toEqual([1, 3]);
  });
});
