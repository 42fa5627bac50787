/**
 * Builds `dist`, unless what is there was built from these very sources: `npm install`, `npm test` and others all ask for it,
 * and TypeScript takes its time.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** All that `dist` is made from; the packages stand in the lock file. */
const SOURCES = [
  ...['src', 'scripts/build.ts', 'scripts/bundle.ts', 'scripts/bundle-page.ts'],
  ...['tsconfig.json', 'tsconfig.build.json', 'package.json', 'package-lock.json'],
];
/** Says what was built last, and from what. Git does not see it, and `npm ci` sweeps it. */
const NOTE = 'node_modules/.cache/audit-extract/built';

/** Tells the content of files and folders, and their names. */
function fingerprint(paths: readonly string[]): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else hash.update(`${path}\0`).update(createHash('sha256').update(readFileSync(path)).digest());
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}

const state = () => `${fingerprint(SOURCES)} ${fingerprint(['dist'])}`;

function isBuilt(): boolean {
  try {
    return readFileSync(NOTE, 'utf8') === state();
  } catch {
    return false;
  }
}

if (!isBuilt()) {
  rmSync('dist', { recursive: true, force: true });
  const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  });
  if (tsc.status !== 0) process.exit(tsc.status ?? 1);
  await import('./bundle.ts');
  await import('./bundle-page.ts');
  mkdirSync(dirname(NOTE), { recursive: true });
  writeFileSync(NOTE, state());
}
