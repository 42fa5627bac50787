import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { partsOf } from '../../scripts/bench/stand-in-hooks.js';
import { documentPath } from '../../scripts/generated-docs.ts';

test.each(['trust', 'indexes', 'changes'])('the bench leaves out modules that are there: %s', (part) => {
  const paths = Object.keys(partsOf(part));
  expect(paths.length).toBeGreaterThan(0);
  for (const path of paths) {
    const module = documentPath(path.replace(/^\/dist-modules\//, 'src/').replace(/\.js$/, '.ts'));
    expect(existsSync(module), path).toBe(true);
  }
});
