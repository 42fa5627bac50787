import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { readContent } from './read-graph.ts';
import { runCli } from './run-cli.ts';
import type { Scene } from './scene.ts';

/** Whether SQLite finds a file in order. */
export function isIntact(path: string): boolean {
  const db = new Database(path);
  try {
    return db.pragma('integrity_check', { simple: true }) === 'ok';
  } finally {
    db.close();
  }
}

/** A graph is whole, agrees with its source and its seals, and is the one that a single run makes of that source. */
export async function expectCleanGraph({ source, target, paths, folder }: Scene): Promise<void> {
  const alone = join(folder, 'alone.db');
  expect(await runCli(['-s', source, '-t', alone, '--quiet'])).toMatchObject({ code: 0, stderr: '' });
  expect(readContent(target)).toEqual(readContent(alone));
  expect(isIntact(target)).toBe(true);
  expect(await runCli(['verify', ...paths, '--quiet'])).toMatchObject({ code: 0, stderr: '' });
}
