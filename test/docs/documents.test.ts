import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentPath, generatedParts, withPart } from '../../scripts/generated-docs.ts';
import { describedProgram } from '../../src/cli/described-program.ts';
import { exitCodes } from '../../src/model/errors.ts';

/** What the overview of a store for such data lists, its REST side aside. */
const STORE_FEATURES = [
  'persistent data storage',
  'automatic audit trails',
  'strong type safety',
  'lifecycle hooks',
  'soft delete',
  'database health and monitoring',
  'a picture of the schema',
  'batch operations',
  'sessions and transactions',
  'one call to set up',
  'CSV export and import',
  'backup and restore',
];

/** What its reference lists. */
const STORE_CALLS = [
  ...['bootstrap', 'limit on records', 'accessor', 'get one', 'get all', 'insert, save, delete, restore', 'actor'],
  ...['insert many, delete many', 'before and after insert, update, delete', 'address', 'engine', 'transaction'],
  ...['timestamp, component, record id, operation, actor, before, after', 'since, until, limit, offset', 'health'],
  ...['SVG', 'CSV', 'a copy of the whole database', 'integrity'],
];

/** Words of the library and of settings that stand where commands do. */
const LIBRARY_WORDS = ['bootstrap', 'transaction', 'insert', 'save', 'list', 'limit', 'target'];

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(documentPath('docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const read = (file: string): string => readFileSync(documentPath(file), 'utf8');

describe('the documents', async () => {
  it.each(await generatedParts())(
    '$file says of $part what the program says (npm run docs)',
    ({ file, part, text }) => {
      expect(read(file)).toBe(withPart(read(file), part, text));
    },
  );

  it.each(documents)('%s links to what is there', (file) => {
    for (const [, link = ''] of read(file).matchAll(/\]\(([^)#:]+)\)/g)) {
      expect(existsSync(join(dirname(documentPath(file)), link)), link).toBe(true);
    }
  });

  it('every guarantee names the tests that hold it, and they are there', () => {
    const [, , ...rows] = read('docs/guarantees.md').match(/^\|.*\|$/gm) ?? [];
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
      const paths = [...(row.split(' | ')[1] ?? '').matchAll(/\((\.\.\/test\/[^)]+\.test\.ts)\)/g)].map(
        ([, path = '']) => path,
      );
      expect(paths.length, row).toBeGreaterThan(0);
      for (const path of paths) expect(readFileSync(join(documentPath('docs'), path), 'utf8')).toMatch(/\b(it|test)\b/);
    }
  });

  it('docs/store.md says of all that a store should have where it is, and names commands that are there', () => {
    const [, features = '', calls = ''] = read('docs/store.md').split(/^\| \| \|\n\| --- \| --- \|$/m);
    const rowsOf = (table: string) => [...table.matchAll(/^\| (.+?) \| (.+) \|$/gm)];
    expect(rowsOf(features).map(([, feature]) => feature)).toEqual(STORE_FEATURES);
    for (const call of STORE_CALLS) expect(calls).toMatch(new RegExp(`^\\| .*${call}.* \\| .+ \\|$`, 'm'));
    const commands = new Set(describedProgram().commands.map(({ name }) => name));
    const rows = [...rowsOf(features), ...rowsOf(calls)];
    const named = rows.flatMap(([, , where = '']) => [...where.matchAll(/`([a-z]+)(?: (?:--|FILE)[^`]*)?`/g)]);
    for (const [, name = ''] of named) expect(commands.has(name) || LIBRARY_WORDS.includes(name), name).toBe(true);
  });

  it.each(documents)('%s names routes that the API has', (file) => {
    const [, table = ''] = /<!-- routes -->(.*)<!-- \/routes -->/s.exec(read('docs/serve.md')) ?? [];
    const has = (route: string) => table.includes(`\`${route}\``);
    for (const [, route = ''] of read(file).matchAll(/`((?:GET|POST|PUT|DELETE) \/[^`?]*)/g)) {
      expect(has(route), route).toBe(true);
    }
  });

  it('README lists every exit code there is', () => {
    const listed = [...read('README.md').matchAll(/^\| ([\d, ]+) \|/gm)].flatMap(([, codes = '']) => codes.split(','));
    expect(new Set(listed.map(Number))).toEqual(new Set([...Object.values(exitCodes), 3]));
  });

  it.each(['docs', 'bench', 'check', 'test', 'format', 'layering', 'fixtures', 'holes'])(
    'npm run %s exists',
    (script) => {
      expect(JSON.parse(read('package.json')).scripts).toHaveProperty(script);
    },
  );

  it('package.json says of every dependency why it is here', () => {
    const manifest = JSON.parse(read('package.json'));
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(Object.keys(manifest['why-these-dependencies']).toSorted()).toEqual(names.toSorted());
  });
});
