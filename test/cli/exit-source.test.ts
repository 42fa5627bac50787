import { existsSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { buildSessionsDb, usualTables } from '../../fixtures/sessions-db.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { orchardScene, type Scene, sceneWith, tablesScene } from '../support/scene.ts';

/** Fails with 4, live and dry, and the folder is as it was: no target is made. */
async function cannotServe(scene: Scene, args: readonly string[], error: string, says: RegExp, hint?: RegExp) {
  const before = stateOfFolder(scene.folder);
  for (const dry of [[], ['--dry-run']]) {
    await expectFailure([...scene.paths, ...args, ...dry], {
      code: 4,
      error,
      says,
      together: true,
      ...(hint && { hint }),
    });
    expect(existsSync(scene.target)).toBe(false);
    expect(stateOfFolder(scene.folder)).toEqual(before);
  }
}

describe('a source that cannot serve is exit code 4', () => {
  test.for([
    ['text', 'this is no database, and long enough to be taken for a header of one hundred bytes'.repeat(100)],
    ['half a header', 'SQLite format 3\0'],
  ] as const)('no database but %s', async ([, text]) => {
    const scene = sceneWith((source) => writeFileSync(source, text));
    await cannotServe(scene, [], 'source-not-a-database', /sessions\.db is not a SQLite database/, /--source/);
  });

  test.for(['', 'x'])('a file that holds %j, which SQLite takes for an empty database', async (text) => {
    const scene = sceneWith((source) => writeFileSync(source, text));
    await cannotServe(scene, [], 'source-without-tables', /none of the tables tool_analytics, /, /sessions\.db/);
  });

  test('none of the tables', async () => {
    const scene = tablesScene({ recipes: { columns: 'id INTEGER PRIMARY KEY', rows: [] } });
    await cannotServe(scene, [], 'source-without-tables', /none of the tables/, /--source/);
  });

  test('a column gone, and the others left out', async () => {
    const tables = { ...usualTables({}), task_tracking: { columns: 'id INTEGER PRIMARY KEY, task_id', rows: [{}] } };
    const scene = tablesScene(tables);
    const says = /task_tracking .* no column task_description, source, status/;
    await cannotServe(scene, ['--only', 'task-completions'], 'source-column-missing', says);
  });

  test('a column gone, and the other tables missing', async () => {
    const scene = tablesScene({ task_tracking: { columns: 'id INTEGER PRIMARY KEY, task_id', rows: [{}] } });
    const before = stateOfFolder(scene.folder);
    for (const dry of [[], ['--dry-run']]) {
      await expectFailure([...scene.paths, ...dry], { code: 4, error: 'source-column-missing' });
      expect(stateOfFolder(scene.folder)).toEqual(before);
    }
  });

  test('source and target are both fit, but swapped', async () => {
    const scene = orchardScene();
    buildSessionsDb(scene.target, {
      kg_nodes: { columns: 'id TEXT PRIMARY KEY, node_type, name, properties', rows: [] },
    });
    const before = stateOfFolder(scene.folder);
    await expectFailure(['-s', scene.target, '-t', scene.source], { code: 4, error: 'source-without-tables' });
    expect(stateOfFolder(scene.folder)).toEqual(before);
  });
});
