import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureAuditTrail } from '../../src/graph/ensure-audit-trail.ts';
import { migrateEvents } from '../../src/graph/migrate-events.ts';
import { MigrationTally } from '../../src/graph/migration-tally.ts';
import type { GraphEditor } from '../../src/model/graph-editor.ts';
import type { EditorOpening } from '../../src/model/graph-opening.ts';
import { openGraphEditor, openHoldingReader } from '../../src/neo4j/editor/open-graph-editor.ts';
import { CLEANER, type GraphServer, openGraphServer } from './graph-server.ts';
import { noNeo4jHere } from './open-neo4j.ts';

const NOW = '2026-02-05T00:00:00.000Z';

/** A graph that others made, with one event of every fate. */
const EVERY_FATE = `
  CREATE (main:AuditTrail {UID: 'T-1'}), (other:AuditTrail {UID: 'T-2'}), (docs:CDocs {UID: 'docs'}),
    (folder:Folder {UID: 'folder'}), (here:AuditEvent {UID: 'here'}), (:AuditEvent {UID: 'orphan'}),
    (atDocs:AuditEvent {UID: 'docs-event'}), (both:AuditEvent {UID: 'both'}), (elsewhere:AuditEvent {UID: 'elsewhere'}),
    (atFolder:AuditEvent {UID: 'at-folder'}), (:AuditEvent {UID: 'gone', deleted_at: '2020-01-01'}), (:AuditEvent {name: 'no UID'}),
    (main)-[:HAS_EVENT]->(here), (docs)-[:HAS_EVENT {created: '2020-01-02', by: 'them'}]->(atDocs),
    (main)-[:HAS_EVENT]->(both), (other)-[:HAS_EVENT]->(both), (other)-[:HAS_EVENT]->(elsewhere),
    (folder)-[:HAS_EVENT]->(atFolder)`;

describe.skipIf(noNeo4jHere({ own: false }))('the editor on Neo4j', { timeout: 120_000 }, () => {
  let server: GraphServer;

  beforeAll(async () => {
    server = await openGraphServer();
  }, 600_000);
  afterAll(() => server?.stop());
  beforeEach(() => server.empty());

  const editorOf = async (more: Partial<EditorOpening> = {}): Promise<GraphEditor> =>
    openGraphEditor(await server.connect(), {
      ...{ now: NOW, actor: 'tester', cleaner: CLEANER, hooks: [] },
      patience: { waitMs: 0, signal: new AbortController().signal },
      ...more,
    });

  /** Brings events to a trail; `look` is called after each page and each write. */
  const migrate = async (editor: GraphEditor, trail = 'T-1', from = ['CDocs'], look?: () => Promise<unknown>) => {
    const tally = new MigrationTally();
    const rules = { trail, from: new Set(from), now: NOW };
    for await (const _ of migrateEvents({ reader: editor, editor }, rules, tally)) await look?.();
    return tally.counts();
  };

  const holdings = async () => {
    const rows = await server.ask<{ text: string }>(
      "MATCH (n)-[r:HAS_EVENT]->(e) RETURN coalesce(n.UID, 'nameless') + ' -> ' + e.UID AS text ORDER BY text",
    );
    return rows.map(({ text }) => text);
  };
  const edgeTo = async (event: string) => {
    const [row] = await server.ask<{ said: object }>(
      'MATCH ()-[r:HAS_EVENT]->(e {UID: $event}) RETURN properties(r) AS said',
      { event },
    );
    return row?.said;
  };

  describe('migrates', () => {
    it('events from CDocs nodes and from nothing, and says what it left', async () => {
      await server.ask(EVERY_FATE);
      const editor = await editorOf();
      expect(await migrate(editor)).toMatchObject({
        ...{ events_migrated: 2, in_place: 1, on_other_trails: 1 },
        ambiguous: { events: 1, ids: ['both'] },
        held_by_others: { events: 1, types: ['Folder'] },
      });
      const home = [
        ...['T-1 -> both', 'T-1 -> docs-event', 'T-1 -> here', 'T-1 -> orphan', 'T-2 -> both', 'T-2 -> elsewhere'],
        'folder -> at-folder',
      ];
      expect(await holdings()).toEqual(home);
      expect(await edgeTo('docs-event')).toEqual({
        ...{ properties: '{"by":"them","created":"2020-01-02"}', created_at: NOW, updated_at: NOW },
      });
      expect(await edgeTo('orphan')).toMatchObject({ properties: `{"created":"${NOW}"}` });
      const log = await server.ask<{ operation: string }>(
        'MATCH (c:AuditChange) RETURN c.operation AS operation, c.actor AS actor, c.amount AS amount, c.before AS before ORDER BY operation',
      );
      expect(log).toEqual([
        {
          ...{ operation: 'delete', actor: 'tester', amount: 1 },
          before:
            '{"id":"HAS_EVENT:docs->docs-event","edge_type":"HAS_EVENT","from_node":"docs","to_node":"docs-event","properties":{"by":"them","created":"2020-01-02"}}',
        },
        { operation: 'insert', actor: 'tester', amount: 2, before: null },
      ]);
      expect(await migrate(editor)).toMatchObject({ events_migrated: 0, in_place: 3 });
      expect(await holdings()).toEqual(home);
      expect(editor.longestWriteMs).toBeGreaterThan(0);
    });

    it('from other types where they are named, each as it is written, and from what has no id', async () => {
      await server.ask(EVERY_FATE);
      await server.ask("MATCH (e {UID: 'orphan'}) CREATE (:CDocs)-[:HAS_EVENT]->(e)");
      const editor = await editorOf();
      expect(await migrate(editor, 'T-1', ['folder'])).toMatchObject({
        ...{ events_migrated: 0, held_by_others: { types: ['CDocs', 'Folder'] } },
      });
      expect(await migrate(editor, 'T-1', ['Folder', 'CDocs'])).toMatchObject({ events_migrated: 3 });
      expect((await holdings()).filter((one) => !one.startsWith('T-'))).toEqual([]);
    });

    it('what hangs on nodes that are marked as deleted, as it hangs on nothing', async () => {
      await server.ask(
        `CREATE (:AuditTrail {UID: 'T-1'}), (:AuditTrail {UID: 'old', deleted_at: 'then'})-[:HAS_EVENT]->(:AuditEvent {UID: 'e1'}),
           (:Folder {UID: 'f', deleted_at: 'then'})-[:HAS_EVENT]->(:AuditEvent {UID: 'e2'})`,
      );
      expect(await migrate(await editorOf())).toMatchObject({ events_migrated: 2, ambiguous: { events: 0 } });
      expect(await holdings()).toEqual(['T-1 -> e1', 'T-1 -> e2']);
    });

    it('nothing where it only looks', async () => {
      await server.ask(EVERY_FATE);
      const reader = await openHoldingReader(await server.connect());
      const tally = new MigrationTally();
      const rules = { trail: 'T-1', from: new Set(['CDocs']), now: NOW };
      const before = await server.ask('MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN n, r ORDER BY elementId(n)');
      for await (const _ of migrateEvents({ reader, editor: undefined }, rules, tally));
      expect(tally.counts()).toMatchObject({ events_migrated: 2, in_place: 1, on_other_trails: 1 });
      expect(await server.ask('MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN n, r ORDER BY elementId(n)')).toEqual(
        before,
      );
      expect([await reader.hasNodeOf('CDocs'), await reader.hasNodeOf('audit_event')]).toEqual([true, true]);
      // The label of events is no type: theirs are events here.
      expect([await reader.hasNodeOf('AuditEvent'), await reader.hasNodeOf('cdocs')]).toEqual([false, false]);
      await reader.close();
    });

    it('each event once where two do it at once', async () => {
      await server.ask(
        `CREATE (:AuditTrail {UID: 'T-1'}), (docs:CDocs {UID: 'docs'}) WITH docs UNWIND range(1, 4000) AS at
         CREATE (e:AuditEvent {UID: 'e' + at}) WITH docs, e, at WHERE at <= 3000 CREATE (docs)-[:HAS_EVENT]->(e)`,
      );
      const editors = [await editorOf(), await editorOf()];
      const counts = await Promise.all(editors.map((editor) => migrate(editor)));
      expect(counts.reduce((sum, { events_migrated }) => sum + events_migrated, 0)).toBe(4000);
      const held = await holdings();
      expect([held.length, new Set(held).size]).toEqual([4000, 4000]);
      expect(held.filter((one) => !one.startsWith('T-1 -> '))).toEqual([]);
      const [log] = await server.ask(
        `MATCH (c:AuditChange) RETURN sum(CASE c.operation WHEN 'insert' THEN c.amount ELSE 0 END) AS made,
           sum(CASE c.operation WHEN 'delete' THEN c.amount ELSE 0 END) AS removed`,
      );
      expect(log).toEqual({ made: 4000, removed: 3000 });
    });
  });

  describe('decides as it is when it writes', () => {
    it('about what others did since it looked', async () => {
      await server.ask(
        `CREATE (main:AuditTrail {UID: 'T-1'}), (other:AuditTrail {UID: 'T-2'}), (docs:CDocs {UID: 'docs'})
         WITH docs UNWIND ['moved', 'removed', 'deleted', 'hung', 'new', 'untouched'] AS name
         CREATE (e:AuditEvent {UID: name}) WITH docs, e, name WHERE name IN ['moved', 'removed', 'deleted']
         CREATE (docs)-[:HAS_EVENT]->(e)`,
      );
      let looked = 0;
      const counts = await migrate(await editorOf(), 'T-1', ['CDocs'], async () => {
        if (looked++ > 0) return;
        const others = [
          "MATCH ()-[r]->(e {UID: 'moved'}), (t {UID: 'T-2'}) DELETE r CREATE (t)-[:HAS_EVENT]->(e)",
          "MATCH (e {UID: 'removed'}) DETACH DELETE e",
          "MATCH (e {UID: 'deleted'}) SET e.deleted_at = 'now'",
          "MATCH (e {UID: 'hung'}), (t {UID: 'T-1'}) CREATE (t)-[:HAS_EVENT]->(e)",
          "MATCH (e {UID: 'new'}), (d {UID: 'docs'}) CREATE (d)-[:HAS_EVENT]->(e)",
        ];
        for (const statement of others) await server.ask(statement);
      });
      expect(counts).toMatchObject({ events_migrated: 2, in_place: 1, on_other_trails: 1 });
      expect(await holdings()).toEqual([
        ...['T-1 -> hung', 'T-1 -> new', 'T-1 -> untouched', 'T-2 -> moved', 'docs -> deleted'],
      ]);
    });

    it('and waits for others who are at work on an event', async () => {
      await server.ask(
        `CREATE (:AuditTrail {UID: 'T-1'}), (:AuditTrail {UID: 'T-2'}), (:AuditEvent {UID: 'going'}), (:AuditEvent {UID: 'moving'}),
           (:AuditEvent {UID: 'alone'})`,
      );
      const others = await (await server.connect()).begin();
      await others.run("MATCH (e {UID: 'going'}) DELETE e");
      await others.run("MATCH (e {UID: 'moving'}), (t {UID: 'T-2'}) SET e.moved = true CREATE (t)-[:HAS_EVENT]->(e)");
      let isDone = false;
      const migrated = migrate(await editorOf()).finally(() => {
        isDone = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 1000));
      expect(isDone).toBe(false);
      await others.commit();
      expect(await migrated).toMatchObject({ events_migrated: 1, on_other_trails: 1 });
      expect(await holdings()).toEqual(['T-1 -> alone', 'T-2 -> moving']);
    });

    it('and leaves events where they are when their trail goes', async () => {
      await server.ask(
        "CREATE (:AuditTrail {UID: 'T-1'}), (:CDocs {UID: 'docs'})-[:HAS_EVENT]->(:AuditEvent {UID: 'e'})",
      );
      const gone = migrate(await editorOf(), 'T-1', ['CDocs'], () => server.ask('MATCH (t:AuditTrail) DELETE t'));
      await expect(gone).rejects.toMatchObject({ code: 'node-not-found' });
      expect(await holdings()).toEqual(['docs -> e']);
    });

    it('and is asked again where a try was undone', async () => {
      await server.ask("CREATE (:AuditTrail {UID: 'T-1'}), (:AuditEvent {UID: 'e'})");
      const editor = await editorOf();
      let asked = 0;
      const failing = editor.rehang(['e'], () => {
        asked++;
        throw new Error('no decision');
      });
      await expect(failing).rejects.toThrow('no decision');
      expect([asked, await holdings()]).toEqual([1, []]);
      expect(await editor.rehang(['nobody'], () => ({ removed: [], inserted: undefined }))).toEqual([undefined]);
    });
  });

  describe('makes the trail', () => {
    it('once, where two do it at once, and finds it from then on', async () => {
      const editors = await Promise.all(Array.from({ length: 4 }, () => editorOf()));
      const ids = await Promise.all(editors.map((editor) => ensureAuditTrail(editor, undefined, NOW)));
      expect(new Set(ids)).toEqual(new Set(['audit_trail:main']));
      const trails = await server.ask('MATCH (t:AuditTrail) RETURN t.UID AS id, t.properties AS properties');
      expect(trails).toEqual([{ id: 'audit_trail:main', properties: `{"created":"${NOW}"}` }]);
      expect(await server.ask('MATCH (c:AuditChange) RETURN c.operation AS operation')).toEqual([
        { operation: 'insert' },
      ]);
    });

    it('unless there is one, whoever made it', async () => {
      await server.ask("CREATE (:AuditTrail {UID: '41b5c1b2', name: 'theirs'})");
      expect(await ensureAuditTrail(await editorOf(), undefined, NOW)).toBe('41b5c1b2');
      expect(await server.ask('MATCH (t:AuditTrail) RETURN t.UID AS id')).toEqual([{ id: '41b5c1b2' }]);
    });

    it('never under an id that something else has', async () => {
      await server.ask("CREATE (:Folder {UID: 'audit_trail:main'})");
      await expect(ensureAuditTrail(await editorOf(), undefined, NOW)).rejects.toMatchObject({
        code: 'trail-not-found',
      });
      expect(await server.ask('MATCH (t:AuditTrail) RETURN t')).toEqual([]);
    });
  });
});
