import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildSessionsDb, usualTables } from '../../fixtures/sessions-db.ts';
import { notRedacting } from '../../src/model/redaction.ts';
import { connect } from '../../src/sqlite/connect.ts';
import { inspectTable } from '../../src/sqlite/table-shape.ts';
import { TransactionClock } from '../../src/sqlite/transaction-clock.ts';
import { openWindowReader } from '../../src/sqlite/windows/window-reader.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A condition that no row meets, and that takes its time over each. */
const SLOW = { sql: "length(replace(hex(zeroblob(20000)), '0', content)) < 0", parameters: [] };

it('leaves a window early in which nothing is wanted, and goes on where it left', () => {
  const path = join(tempFolder(), 'sessions.db');
  const rows = Array.from({ length: 16_384 }, () => ({ content: 'xy' }));
  buildSessionsDb(path, usualTables({ system_events: rows }));
  const db = connect(path);
  const table = inspectTable(db, 'system_events');
  if (table === undefined) throw new Error('no system_events');
  const selection = { table, columns: { content: 'text' }, condition: SLOW, isPacked: false } as const;
  const reading = { selection, windowRows: 1_000_000, redactor: notRedacting };
  const clock = new TransactionClock();
  const reader = openWindowReader(db, { role: 'source', path }, reading, clock);
  const durations: number[] = [];
  for (;;) {
    const started = performance.now();
    const more = reader.readWindow((window) => expect([...window]).toEqual([]));
    durations.push(performance.now() - started);
    if (!more) break;
  }
  expect(durations.length).toBeGreaterThan(2);
  expect(Math.max(...durations)).toBeLessThan(2000);
  expect(clock.longest).toBeLessThanOrEqual(Math.max(...durations));
  db.close();
});
