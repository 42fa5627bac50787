import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createGraphTables } from '../../src/sqlite/store/graph-tables.ts';
import { readAll } from '../support/graph-rows.ts';
import { runShell } from '../support/run-shell.ts';
import { tempFolder } from '../support/temp-folder.ts';

const NODES = 80_000;
/** In MiB: what a program that holds the rows would need many times over. */
const HEAP = 36;

/** A graph of so many nodes and edges. */
function largeGraph(path: string): void {
  const db = new Database(path);
  createGraphTables(db);
  db.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     INSERT INTO kg_nodes(id, node_type, name, properties, created_at, updated_at)
     SELECT printf('note:%07d', i), 'note', 'note number ' || i, json_object('text', hex(randomblob(60)), 'i', i),
       '2026-02-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z' FROM n`,
  ).run(NODES);
  db.exec(
    `INSERT INTO kg_edges(id, edge_type, from_node, to_node, created_at, updated_at)
     SELECT 'ABOUT:' || id, 'ABOUT', id, 'note:0000001', created_at, updated_at FROM kg_nodes`,
  );
  db.close();
}

test('memory does not grow with the graph: 80,000 nodes go out and in with little of it', async () => {
  const folder = tempFolder();
  const [from, to] = [join(folder, 'from.db'), join(folder, 'to.db')];
  largeGraph(from);
  const env = { NODE_OPTIONS: `--max-old-space-size=${HEAP}` };
  const script = `
    for format in csv ndjson graphml jsonld cypher mermaid; do audit export -t "$1" --format $format --out "$3/out.$format" || echo "$format fails"; done
    mv "$3/out.csv" "$3/out.zip"
    audit import "$3/out.zip" -t "$2"
    audit import "$3/out.ndjson" -t "$3/none.db" --dry-run`;
  const { stdout, stderr } = await runShell(script, [from, to, folder], env);
  expect(stderr).toBe('');
  expect(stdout).toContain('Done: 160,000 inserted, 0 updated, 0 unchanged.\n');
  expect(stdout).toContain('Dry run, nothing written: 160,000 inserted, 0 updated, 0 unchanged.\n');
  const digest = 'SELECT count(*) AS n, sum(length(properties)) AS length, max(id) AS last FROM kg_nodes';
  expect(readAll(to, digest)).toEqual(readAll(from, digest));
}, 600_000);
