import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bigScene } from '../support/big-source.ts';
import { expectCleanGraph, isIntact } from '../support/expect-clean-graph.ts';
import { linesOf } from '../support/expect-failure.ts';
import { readContent } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';

const PAGE = 4096;

it('a source with a damaged page, any of them: a clear error, nothing lost, and once mended a run gives the clean graph', async () => {
  const scene = bigScene(400);
  const sound = join(scene.folder, 'sound.db');
  copyFileSync(scene.source, sound);
  const bytes = readFileSync(sound);
  const outcomes = new Set<number | null>();
  for (let page = 1; page < bytes.length / PAGE; page += 3) {
    const damaged = Buffer.from(bytes);
    damaged.fill(0xa5, page * PAGE, (page + 1) * PAGE);
    writeFileSync(scene.source, damaged);
    const target = join(scene.folder, `org-${page}.db`);
    const files = ['-s', scene.source, '-t', target];
    const { code, stderr, stdout } = await runCli([...files, '--json']);
    outcomes.add(code);
    expect([0, 1, 3, 4]).toContain(code);
    expect(linesOf('error', stderr).length > 0).toBe(code !== 0);
    expect(stderr).not.toMatch(/internal|^\s+at /m);
    expect(JSON.parse(stdout)).toBeTypeOf('object');
    copyFileSync(sound, scene.source);
    const mended = await runCli([...files, '--quiet']);
    // What was read of a table before its damage is in; where its last rows read as others, the user decides.
    if (mended.code === 6) expect((await runCli([...files, '--full', '--accept-source', '--quiet'])).code).toBe(0);
    else expect(mended).toMatchObject({ code: 0, stderr: '' });
    expect(isIntact(target)).toBe(true);
    expect((await runCli([...files, '--full', '--quiet'])).code).toBe(0);
    if (page === 1) await expectCleanGraph({ ...scene, target, paths: files });
    else expect(readContent(target)).toEqual(readContent(join(scene.folder, 'alone.db')));
  }
  expect([...outcomes].sort()).toEqual(expect.arrayContaining([3]));
});
