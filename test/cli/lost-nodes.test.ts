import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';
import { orchardScene } from '../support/scene.ts';

test.each([[[]], [['--full']]])('a graph that lost kg_nodes is not begun anew in silence, %j', async (flags) => {
  const { paths, target } = orchardScene();
  await runCli(paths);
  const db = new Database(target);
  db.exec('DROP TABLE kg_edges; DROP TABLE kg_nodes');
  const { code, stderr } = await runCli([...paths, ...flags]);
  expect(code).toBe(4);
  expect(stderr).toContain('has lost kg_nodes');
  expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'kg_nodes'").pluck().get()).toBe(0);
  db.close();
});
