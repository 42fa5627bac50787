import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { runCli } from './run-cli.ts';
import type { Scene } from './scene.ts';

/** Graphs of this file's tests by what they were made from. */
const made = new Map<string, string>();
const folder = mkdtempSync(join(tmpdir(), 'audit-extract-extracted-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * The scene with the graph that a run makes of it, flags of the run as they are given. Tests of a file that begin with the
 * same run of the same source have copies of one graph: it tells of the files that it was made for first.
 */
export async function extracted(scene: Scene, ...flags: readonly string[]): Promise<Scene> {
  const key = `${flags.join('\0')}\0${readFileSync(scene.source, 'latin1')}`;
  const graph = made.get(key);
  if (graph === undefined) {
    expect(await runCli(['run', ...scene.paths, ...flags, '--quiet'])).toMatchObject({ code: 0 });
    const kept = join(folder, `${made.size}.db`);
    copyFileSync(scene.target, kept);
    made.set(key, kept);
  } else copyFileSync(graph, scene.target);
  return scene;
}
