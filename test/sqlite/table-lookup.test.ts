import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { buildSessionsDb, type Cell, type FixtureTable, UNTYPED_COLUMNS } from '../../fixtures/sessions-db.ts';
import { sessionBoundaries } from '../../src/extractors/session-boundaries.ts';
import type { Condition } from '../../src/model/extractor.ts';
import { notRedacting } from '../../src/model/redaction.ts';
import { openSource } from '../../src/sqlite/source/source.ts';
import { inspectTable } from '../../src/sqlite/table-shape.ts';
import { bindingsOf, windowQuery } from '../../src/sqlite/windows/window-query.ts';
import { readRows } from '../support/read-rows.ts';
import { tempFolder } from '../support/temp-folder.ts';

const USUAL = 'id INTEGER PRIMARY KEY, session_id TEXT, timestamp TEXT';

/** A source with an event for each of these entry ids, and the entries given. */
function sourceOf(entryIds: readonly Cell[], entries: FixtureTable, sql = ''): string {
  const path = join(tempFolder(), 'sessions.db');
  const rows = entryIds.map((entry_id) => ({ entry_id }));
  buildSessionsDb(path, { system_events: { columns: UNTYPED_COLUMNS.system_events, rows }, entries });
  const db = new Database(path);
  db.exec(sql);
  db.close();
  return path;
}

/** The session and time of each event. */
const momentsOf = (path: string) =>
  readRows(path, sessionBoundaries).map(({ session_id, timestamp }) => [session_id, timestamp]);
const sessionsOf = (path: string) => momentsOf(path).map(([session]) => session);

function hasUniqueId(path: string): boolean {
  const source = openSource(path, { redactor: notRedacting });
  const answer = source.hasUniqueId('entries');
  source.close();
  return answer;
}

describe('a lookup', () => {
  it('gives what the other table says, and null where it has no such row', () => {
    const rows = [
      { id: 1, session_id: 'morning', timestamp: '08:00' },
      { id: 3, session_id: '', timestamp: null },
    ];
    expect(momentsOf(sourceOf([3, 2, 1, 1], { columns: USUAL, rows }))).toEqual([
      [null, null],
      [null, null],
      ['morning', '08:00'],
      ['morning', '08:00'],
    ]);
  });

  it('compares as SQLite compares with an integer primary key, and fails for nothing', () => {
    const rows = [
      { id: 7, session_id: 'seven' },
      { id: 2n ** 63n - 1n, session_id: 'last' },
    ];
    const same = [7, 7.0, '7', ' 7 ', '7.0', '+7', '07', '7e0', '7\0'];
    const others = [null, 7.5, '', 'seven', '7x', '0x7', Buffer.from('7'), Number.MAX_VALUE, Infinity, 'x'.repeat(1e6)];
    const path = sourceOf([...same, ...others, 2n ** 63n - 1n, '9223372036854775807'], { columns: USUAL, rows });
    expect(sessionsOf(path)).toEqual([...same.map(() => 'seven'), ...others.map(() => null), 'last', 'last']);
  });

  it('reads values as it reads those of any column', () => {
    const rows = [
      { id: 1, session_id: 5n, timestamp: 2.5 },
      { id: 2, session_id: Buffer.from('61ff62', 'hex'), timestamp: 'a\0b' },
      { id: 3, session_id: 2n ** 60n, timestamp: 'x'.repeat(1_000_000) },
    ];
    expect(momentsOf(sourceOf([1, 2, 3], { columns: 'id INTEGER PRIMARY KEY, session_id, timestamp', rows }))).toEqual([
      ['5', '2.5'],
      ['a\ufffdb', 'a\0b'],
      ['1152921504606846976', 'x'.repeat(1_000_000)],
    ]);
  });

  it.each([
    ['the session', 'id INTEGER PRIMARY KEY, timestamp', [null, 'noon']],
    ['the time', 'id INTEGER PRIMARY KEY, session_id', ['s', null]],
    ['both', 'id INTEGER PRIMARY KEY, other', [null, null]],
  ])('gives null for a column that is missing: %s', (_, columns, expected) => {
    const all = { id: 1, session_id: 's', timestamp: 'noon', other: 'else' };
    const row = Object.fromEntries(Object.entries(all).filter(([name]) => columns.includes(name)));
    expect(momentsOf(sourceOf([1], { columns, rows: [row] }))).toEqual([expected]);
  });

  it.each([
    ['no id at all', 'session_id, timestamp', ''],
    ['an id that is not unique', 'id, session_id, timestamp', 'CREATE INDEX i ON entries(id)'],
    ['one that is unique with another column', 'id, session_id, timestamp, UNIQUE (id, session_id)', ''],
    [
      'one that is unique in some rows',
      'id, session_id, timestamp',
      'CREATE UNIQUE INDEX i ON entries(id) WHERE id > 5',
    ],
    ['one of which an expression is unique', 'id, session_id, timestamp', 'CREATE UNIQUE INDEX i ON entries(id + 0)'],
    ['been replaced by a view', USUAL, 'ALTER TABLE entries RENAME TO e; CREATE VIEW entries AS SELECT * FROM e'],
  ])('gives null for all where the table has %s', (_, columns, sql) => {
    const row = { ...(columns.startsWith('id') && { id: 1 }), session_id: 's', timestamp: 'noon' };
    const path = sourceOf([1, 2], { columns, rows: [row] }, sql);
    expect([momentsOf(path), hasUniqueId(path)]).toEqual([
      [
        [null, null],
        [null, null],
      ],
      false,
    ]);
  });

  it.each([
    ['id TEXT PRIMARY KEY, session_id', '', ['upper', 'number', null]],
    ['id TEXT PRIMARY KEY, session_id', 'WITHOUT ROWID', ['upper', 'number', null]],
    ['id INT UNIQUE, session_id', '', ['upper', 'number', 'number']],
    ['id INTEGER PRIMARY KEY DESC, session_id', '', [null, 'number', 'number']],
    ['id COLLATE nocase UNIQUE, session_id', '', ['upper', 'number', null]],
    ['ID TEXT COLLATE NOCASE, session_id, UNIQUE (id COLLATE BINARY)', '', ['upper', 'number', null]],
  ] as const)('finds a row by any unique id: %s %s', (columns, options, expected) => {
    const rows = [
      { id: 'A', session_id: 'upper' },
      ...(columns.includes('BINARY') ? [{ id: 'a', session_id: 'lower' }] : []),
      { id: 7, session_id: 'number' },
    ];
    const fitting = columns.includes('DESC') ? rows.slice(-1) : rows;
    const path = sourceOf(['A', 7, ' 7'], { columns, options, rows: fitting });
    expect([sessionsOf(path), hasUniqueId(path)]).toEqual([expected, true]);
  });

  it('may be of the table itself', () => {
    const path = sourceOf([2, null, 1], { columns: USUAL, rows: [] }, "UPDATE system_events SET content = 'c' || id");
    const lookup = {
      table: 'SYSTEM_EVENTS',
      key: 'entry_id',
      columns: { compact_trigger: 'text', CONTENT: 'text' },
    } as const;
    const columns = { entry_id: 'value' } as const;
    expect(readRows(path, { ...sessionBoundaries, columns, lookup }).map(({ CONTENT }) => CONTENT)).toEqual([
      'c2',
      null,
      'c1',
    ]);
  });
});

describe('the plan of a lookup', () => {
  const any: Condition = { sql: 'TRUE', parameters: [] };
  const few: Condition = { column: 'subtype', oneOf: ['a', 'b'] };

  it.each([
    ['id INTEGER PRIMARY KEY, session_id, timestamp', '', 'INTEGER PRIMARY KEY (rowid=?)'],
    ['id TEXT PRIMARY KEY, session_id, timestamp', '', 'INDEX sqlite_autoindex_entries_1 (id=?)'],
    ['id INT UNIQUE, session_id, timestamp', '', 'INDEX sqlite_autoindex_entries_1 (id=?)'],
    [
      'id COLLATE NOCASE, session_id, timestamp, UNIQUE (id COLLATE RTRIM)',
      '',
      'INDEX sqlite_autoindex_entries_1 (id=?)',
    ],
    ['id PRIMARY KEY, session_id, timestamp', 'WITHOUT ROWID', 'PRIMARY KEY (id=?)'],
  ])('is one search for each column of a row that is wanted: %s %s', (columns, options, search) => {
    const path = sourceOf(
      [],
      { columns, options, rows: [] },
      'CREATE INDEX tempting ON entries(session_id, timestamp, id)',
    );
    const db = new Database(path);
    const [table, found] = [inspectTable(db, 'system_events'), inspectTable(db, 'entries')];
    if (table === undefined || found === undefined || sessionBoundaries.lookup === undefined)
      throw new Error('not there');
    const lookup = { ...sessionBoundaries.lookup, found };
    for (const condition of [any, few]) {
      for (const isPacked of [false, true]) {
        const sql = windowQuery({ table, columns: sessionBoundaries.columns, condition, isPacked, lookup });
        const plan = db
          .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
          .all(...bindingsOf(condition, [1, 2]))
          .map(({ detail }) => detail)
          .filter((detail) => /SEARCH|SCAN|ORDER/.test(detail));
        expect(plan).toEqual([
          'SEARCH system_events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
          `SEARCH looked_up USING ${search}`,
          `SEARCH looked_up USING ${search}`,
        ]);
      }
    }
    db.close();
  });
});
