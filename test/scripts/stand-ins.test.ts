import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { partsOf } from '../../scripts/bench/stand-in-hooks.js';
import { documentPath } from '../../scripts/generated-docs.ts';

test.each(['trust', 'indexes', 'changes', 'hooks'])('the bench leaves out modules that are there: %s', (part) => {
  const paths = Object.keys(partsOf(part));
  expect(paths.length).toBeGreaterThan(0);
  for (const path of paths) {
    const module = documentPath(path.replace(/^\/dist-modules\//, 'src/').replace(/\.js$/, '.ts'));
    expect(existsSync(module), path).toBe(true);
  }
});

test('the bench leaves out all places where the writer asks for hooks', () => {
  for (const [path, replace] of Object.entries(partsOf('hooks'))) {
    const source = readFileSync(
      documentPath(path.replace(/^\/dist-modules\//, 'src/').replace(/\.js$/, '.ts')),
      'utf8',
    );
    const asks = replace(source).match(/this\.#hooks\b[^;\n]*/g) ?? [];
    expect(source.match(/this\.#hooks\?\.\w+/g)?.length).toBeGreaterThan(2);
    expect(asks.filter((ask) => /\?\./.test(ask))).toEqual([]);
  }
});
