import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { bigScene } from '../support/big-source.ts';
import { isIntact } from '../support/expect-clean-graph.ts';
import { linesOf } from '../support/expect-failure.ts';
import { readContent } from '../support/read-graph.ts';
import { type CliResult, runCli } from '../support/run-cli.ts';
import { writeConfig } from '../support/settings.ts';
import { mutateFile } from './mutate-file.ts';
import { Random } from './random.ts';

/** AUDIT_FUZZ_ROUNDS times as many for a hunt, from AUDIT_FUZZ_SEED on: a round is found again by its seed, with one round. */
const { AUDIT_FUZZ_ROUNDS: factor = '1', AUDIT_FUZZ_SEED: firstSeed = '1' } = process.env;
const seeds = (rounds: number) => Array.from({ length: rounds * Number(factor) }, (_, i) => Number(firstSeed) + i);
const timeout = 60_000 * Math.max(1, Number(factor));

/** Whatever it is given, the program ends with a code of the contract and says why, in whole JSON and without a stack. */
function expectAnswer({ code, stdout, stderr }: CliResult, seed: number): void {
  const told = `seed ${seed}: ${stderr.slice(0, 500)}`;
  expect([0, 1, 2, 3, 4, 5, 6, 75], told).toContain(code);
  expect(stderr, told).not.toMatch(/^\s+at |"internal"|near "/m);
  expect(stdout, told).not.toContain('"internal"');
  expect(JSON.parse(stdout), told).toBeTypeOf('object');
  if (code !== 0)
    expect([linesOf('error', stderr).length > 0, linesOf('hint', stderr).length > 0], told).toEqual([true, true]);
}

const others = (path: string): unknown => {
  const db = new Database(path, { readonly: true });
  try {
    return db.prepare('SELECT * FROM others').all();
  } finally {
    db.close();
  }
};

describe('mutated at random', () => {
  it('a source: an answer, and a target that is whole, with all that stood in it', { timeout }, async () => {
    const scene = bigScene(100);
    const [sound, target] = [join(scene.folder, 'sound.db'), join(scene.folder, 'before.db')];
    copyFileSync(scene.source, sound);
    const db = new Database(target);
    db.exec("CREATE TABLE others(a); INSERT INTO others VALUES ('kept')");
    db.close();
    expect((await runCli(['-s', sound, '-t', target, '--quiet'])).code).toBe(0);
    const before = readContent(target).map(({ id }) => id);
    for (const seed of seeds(40)) {
      const random = new Random(seed);
      copyFileSync(sound, scene.source);
      mutateFile(scene.source, random);
      for (const name of ['org.db', 'org.db-wal', 'org.db-shm']) rmSync(join(scene.folder, name), { force: true });
      const isOld = random.below(2) === 0;
      if (isOld) copyFileSync(target, scene.target);
      const flags = random.oneOf([[], ['--full'], ['--dry-run'], ['--full', '--accept-source'], ['--no-redact']]);
      expectAnswer(await runCli([...scene.paths, '--json', ...flags]), seed);
      if (!existsSync(scene.target)) continue;
      expect(isIntact(scene.target), `seed ${seed}`).toBe(true);
      if (!isOld) continue;
      const ids = new Set(readContent(scene.target).map(({ id }) => id));
      expect(
        before.filter((id) => !ids.has(id)),
        `seed ${seed}`,
      ).toEqual([]);
      expect(others(scene.target), `seed ${seed}`).toEqual([{ a: 'kept' }]);
    }
  });

  it('a target: an answer from every command', { timeout }, async () => {
    const scene = bigScene(60);
    const sound = join(scene.folder, 'sound.db');
    expect((await runCli(['-s', scene.source, '-t', sound, '--quiet'])).code).toBe(0);
    for (const seed of seeds(30)) {
      const random = new Random(seed);
      copyFileSync(sound, scene.target);
      mutateFile(scene.target, random);
      const command = random.oneOf([
        ['run'],
        ['run', '--full'],
        ['run', '--dry-run'],
        ['verify'],
        ['verify', '--seals'],
        ['status'],
        ['seal', 'show'],
      ]);
      expectAnswer(await runCli([...command, ...scene.paths, '--json']), seed);
      for (const end of ['-wal', '-shm', '-journal']) rmSync(scene.target + end, { force: true });
    }
  });

  it('settings: an answer, and nothing done where they cannot be', { timeout }, async () => {
    const scene = bigScene(20);
    const values = [
      '',
      '0',
      '-1',
      '1e9',
      'NaN',
      'true',
      'null',
      '[]',
      '{}',
      '\u0007',
      'a,b',
      ',',
      '../x',
      '%',
      '🍎',
      ' ',
      'error',
      '9'.repeat(40),
    ] as const;
    const names = [
      'source',
      'target',
      'format',
      'only',
      'skip',
      'batchSize',
      'errorStatus',
      'extractor',
      'wait',
      'redact',
      'secretPatterns',
      'other',
    ] as const;
    for (const seed of seeds(40)) {
      const random = new Random(seed);
      const value = () =>
        random.oneOf<unknown>([
          ...values,
          7,
          -0.5,
          true,
          null,
          [],
          ['a'],
          {},
          [{ name: 'a', pattern: '(' }],
          Number.MAX_VALUE,
        ]);
      const settings = Object.fromEntries(
        Array.from({ length: 1 + random.below(3) }, () => [random.oneOf(names), value()]),
      );
      const config = writeConfig(join(scene.folder, 'c.json'), random.below(10) === 0 ? String(value()) : settings);
      const name = random.oneOf(['BATCH_SIZE', 'ERROR_STATUS', 'ONLY', 'SKIP', 'WAIT', 'REDACT', 'EXTRACTOR']);
      const env = random.below(2) === 0 ? { [`AUDIT_EXTRACT_${name}`]: random.oneOf(values) } : {};
      const args = [...scene.paths, '--json', '--dry-run', '--config', config];
      expectAnswer(await runCli(args, { env, folder: scene.folder }), seed);
      expect(existsSync(scene.target)).toBe(false);
    }
  });
});
