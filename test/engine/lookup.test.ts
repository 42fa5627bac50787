import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { defineExtractor } from '../../src/model/extractor.ts';
import { orchard, partOf, propertiesOf } from '../support/growing-orchard.ts';
import { readContent } from '../support/read-graph.ts';
import { verifyJob } from '../support/verify-job.ts';

const events = [{ entry_id: 1, subtype: 'local_command' }, { entry_id: 2 }];
const entries = [{ id: 1, session_id: 'morning', timestamp: '2026-03-01T08:00:00Z' }];
const NOT_KNOWN = 'table entries has no unique id, so sessions and times of system events are not known';

/** Puts the session of each event in its node, which is what the built-in one must not do. */
const withSessions = (rest: { readonly appended: boolean }) =>
  defineExtractor({
    name: 'events-in-sessions',
    version: 1,
    summary: 'system events and their sessions',
    subtype: 'event_in_session',
    prefix: 'eis',
    table: 'system_events',
    columns: { id: 'id', entry_id: 'value' },
    lookup: { table: 'entries', key: 'entry_id', columns: { session_id: 'text' } },
    ...rest,
    *extract(rows) {
      for (const { id, session_id } of rows) yield { key: [String(id)], name: 'event', properties: { session_id } };
    },
  });

/** One node a session, of rows that are sorted by a column of their own table. */
const bySubtype = defineExtractor<
  { readonly subtype: 'text'; readonly entry_id: 'value' },
  readonly string[],
  { readonly session_id: 'text' }
>({
  name: 'sessions-by-subtype',
  version: 1,
  summary: 'the sessions in which each kind of event was',
  subtype: 'sessions_by_subtype',
  prefix: 'sbs',
  table: 'system_events',
  columns: { subtype: 'text', entry_id: 'value' },
  lookup: { table: 'entries', key: 'entry_id', columns: { session_id: 'text' } },
  appended: true,
  keyColumns: ['subtype'],
  *extract(rows) {
    for (const { subtype, session_id } of rows) yield { key: [subtype ?? 'unknown'], state: [session_id ?? 'none'] };
  },
  fold: {
    merge: (a, b) => [...new Set([...a, ...b])].sort(),
    finish: (sessions) => ({ name: 'sessions', properties: { sessions } }),
  },
});

describe('entries that cannot be found by their id', () => {
  it.each([
    ['an id that is not unique', 'ALTER TABLE entries RENAME TO e', 'CREATE TABLE entries AS SELECT * FROM e'],
    ['become a view', 'ALTER TABLE entries RENAME TO e', 'CREATE VIEW entries AS SELECT * FROM e'],
  ])('are worth one warning of the extractor that looks them up: they have %s', async (_, ...changes) => {
    const scene = orchard({ system_events: events, entries });
    for (const sql of changes) scene.change(sql);
    for (const options of [{ dryRun: true }, {}, {}, { full: true }]) {
      const report = await scene.run(options);
      const warnings = report.extractors.flatMap(({ name, warnings }) => warnings.map((text) => [name, text]));
      expect(warnings).toEqual([['session-boundaries', NOT_KNOWN]]);
    }
  });

  it('are told of by the columns, where nobody says what they mean', async () => {
    const scene = orchard({ system_events: events, entries });
    scene.change('ALTER TABLE entries RENAME TO e');
    scene.change('CREATE VIEW entries AS SELECT * FROM e');
    const report = await scene.run({ extractors: [withSessions({ appended: true })] });
    expect(partOf(report, 'events-in-sessions').warnings).toEqual([
      'table entries has no unique id, so session_id of rows of system_events are not known',
    ]);
  });
});

describe('entries', () => {
  it.each([
    ['are not there', { system_events: events }],
    ['are there', { system_events: events, entries }],
    ['are not looked up, as there is no event', { entries }],
  ])('are not spoken of where they %s', async (_, tables) => {
    const report = await orchard(tables).run();
    expect(report.extractors.map(({ status, warnings }) => [status, ...warnings])).toEqual([['ok'], ['ok'], ['ok']]);
  });

  it('change no node of a system event', async () => {
    const [bare, full] = [orchard({ system_events: events }), orchard({ system_events: events, entries })];
    await bare.run();
    await full.run();
    expect(readContent(full.target)).toEqual(readContent(bare.target));
  });

  it.each([
    ['come', "INSERT INTO entries(id, session_id) VALUES (2, 'evening')"],
    ['go', 'DELETE FROM entries'],
    ['change', "UPDATE entries SET session_id = 'night'"],
    ['lose a column', 'ALTER TABLE entries DROP COLUMN timestamp'],
    ['are dropped', 'DROP TABLE entries'],
  ])('are not what a source is known by: they may %s', async (_, sql) => {
    const scene = orchard({ system_events: events, entries });
    await scene.run();
    scene.change(sql);
    const again = await scene.run();
    expect(again.totals).toMatchObject({ read: 0, inserted: 0, updated: 0 });
    expect(partOf(again, 'session-boundaries')).toMatchObject({ status: 'ok', mode: 'incremental', warnings: [] });
    expect((await verifyJob(scene)).agrees).toBe(true);
  });

  it('may be written by others while they are read', async () => {
    const scene = orchard({ system_events: events, entries });
    const other = new Database(scene.source);
    other.exec("BEGIN IMMEDIATE; UPDATE entries SET session_id = 'half written'");
    const report = await scene.run({ extractors: [withSessions({ appended: true })] });
    other.exec('ROLLBACK');
    other.close();
    expect(partOf(report, 'events-in-sessions')).toMatchObject({ status: 'ok', warnings: [] });
    expect(propertiesOf(scene, 'eis:1')).toEqual({ session_id: 'morning' });
  });

  it('make nodes anew that hold what they say, where the table is read whole each time', async () => {
    const scene = orchard({ system_events: events, entries });
    const extractors = [withSessions({ appended: false })];
    await scene.run({ extractors });
    expect((await scene.run({ extractors })).totals).toMatchObject({ updated: 0, unchanged: 2 });
    scene.append('entries', { id: 2, session_id: 'evening' });
    expect((await scene.run({ extractors })).totals).toMatchObject({ updated: 1, unchanged: 1 });
    expect(propertiesOf(scene, 'eis:2')).toEqual({ session_id: 'evening' });
  });

  it.each([{}, { full: true }, { windowRows: 1 }])('are read of rows that are sorted, too: %o', async (options) => {
    const large = 'x'.repeat(5_000);
    const scene = orchard({
      system_events: [...events, { entry_id: 3, subtype: 'local_command' }, { entry_id: '1', subtype: 'é' }],
      entries: [...entries, { id: 3, session_id: large }],
    });
    await scene.run({ extractors: [bySubtype], ...options });
    expect(propertiesOf(scene, 'sbs:local_command')).toEqual({ sessions: ['morning', large] });
    expect(propertiesOf(scene, 'sbs:unknown')).toEqual({ sessions: ['none'] });
    expect(propertiesOf(scene, 'sbs:é')).toEqual({ sessions: ['morning'] });
  });
});

it('an extractor that looks up something else derives its nodes anew', async () => {
  const scene = orchard({ system_events: events, entries });
  const one = withSessions({ appended: true });
  await scene.run({ extractors: [one] });
  const columns = { session_id: 'id' } as const;
  const lookup = { table: 'entries', key: 'entry_id', columns };
  const report = await scene.run({ extractors: [{ ...one, lookup }] });
  expect(partOf(report, one.name)).toMatchObject({ mode: 'full' });
});
