import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { type ExportedGraph, shownValue } from '../../src/model/exchange.ts';
import { openExportedGraph } from '../../src/sqlite/export/open-exported-graph.ts';
import { changeGraph, graphWith } from '../support/graph-rows.ts';

const NODES = Array.from({ length: 1200 }, (_, at) => ({ id: `note:${String(at).padStart(4, '0')}` }));

const ids = (graph: ExportedGraph): Generator<string | null, void> =>
  (function* () {
    for (const { values } of graph.rows('kg_nodes')) yield shownValue(values[0]);
  })();

function opened(path: string): ExportedGraph {
  return openExportedGraph(path, { includeDeleted: true, edges: 'all' });
}

describe('a graph that is exported while others write it', () => {
  it('is one state of it, in WAL mode, and they do not wait', () => {
    const path = graphWith({ nodes: NODES });
    const graph = opened(path);
    const walk = ids(graph);
    expect(walk.next().value).toBe('note:0000');
    const writer = new Database(path, { timeout: 0 });
    writer.exec(
      "DELETE FROM kg_nodes WHERE id >= 'note:0600'; INSERT INTO kg_nodes(id, node_type, name, created_at, updated_at) VALUES ('zz', 'note', '', '', '')",
    );
    writer.close();
    expect([...walk]).toHaveLength(NODES.length - 1);
    graph.close();
    const later = opened(path);
    expect([...ids(later)]).toHaveLength(601);
    later.close();
  });

  it('is not exported at all in another mode, where they need not wait, either', () => {
    const path = graphWith({ nodes: NODES });
    changeGraph(path, 'PRAGMA journal_mode = DELETE');
    const graph = opened(path);
    const walk = ids(graph);
    expect(walk.next().value).toBe('note:0000');
    const writer = new Database(path, { timeout: 0 });
    writer.exec("UPDATE kg_nodes SET name = 'other'");
    writer.close();
    expect(() => [...walk]).toThrow(expect.objectContaining({ code: 'target-changed' }));
    graph.close();
    const later = opened(path);
    expect([...ids(later)]).toHaveLength(NODES.length);
    later.close();
  });
});

describe('the rows of a graph of others', () => {
  it('come all, in their order, whatever type their ids are of', () => {
    const path = graphWith({ nodes: [] });
    changeGraph(
      path,
      `DROP TABLE kg_edges; DROP TABLE kg_nodes; CREATE TABLE kg_nodes(id UNIQUE, node_type, name, properties);
       WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700)
       INSERT INTO kg_nodes(id) SELECT i FROM n UNION ALL SELECT i + 0.5 FROM n UNION ALL SELECT CAST(i AS TEXT) FROM n
         UNION ALL SELECT CAST('x' || i AS BLOB) FROM n UNION ALL SELECT CAST(x'ff' || CAST(i AS BLOB) AS TEXT) FROM n`,
    );
    const graph = opened(path);
    const all = [...ids(graph)];
    expect(all).toHaveLength(3500);
    // A number and the text of its digits look alike.
    expect(new Set(all).size).toBe(2800);
    expect(all.slice(0, 3)).toEqual(['1', '1.5', '2']);
    graph.close();
  });

  it.each(['NOCASE', 'RTRIM'])('come all where ids compare by %s', (collation) => {
    const path = graphWith({ nodes: [] });
    changeGraph(
      path,
      `DROP TABLE kg_edges; DROP TABLE kg_nodes;
       CREATE TABLE kg_nodes(id TEXT UNIQUE COLLATE ${collation}, node_type, name, properties);
       WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1300)
       INSERT INTO kg_nodes(id) SELECT iif(i % 2, 'A', 'b') || i || ' ' FROM n`,
    );
    const graph = opened(path);
    expect(new Set(ids(graph)).size).toBe(1300);
    graph.close();
  });

  it.each(['UTF-16le', 'UTF-16be'])('come all from a file in %s', (encoding) => {
    const path = graphWith({ nodes: [] });
    const other = `${path}.16`;
    const db = new Database(other);
    db.exec(`PRAGMA encoding = '${encoding}'; CREATE TABLE kg_nodes(id TEXT PRIMARY KEY, node_type, name, properties)`);
    const insert = db.prepare('INSERT INTO kg_nodes(id, name) VALUES (?, ?)');
    db.transaction(() => {
      for (let at = 0; at < 1100; at++) insert.run(`\u{1f600}\ufffd${at}`, `ä${at}`);
    })();
    // Half of a character, which is none.
    db.exec("UPDATE kg_nodes SET id = CAST(x'00d8' || CAST(id AS BLOB) AS TEXT) WHERE name LIKE '%1'");
    db.close();
    const graph = opened(other);
    expect([...ids(graph)]).toHaveLength(1100);
    graph.close();
  });
});
