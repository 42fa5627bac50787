/**
 * Builds `dist/page`, which browsers are sent: all of `src/page` with what it imports. Names of files hold a hash of what is
 * in them, so that browsers may keep them for good, and each has its compressed twin beside it.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'rolldown';

const [FROM, TO] = ['src/page', 'dist/page'];
/** What others build on comes first. */
const STYLES = ['tokens', 'base', 'layout', 'parts', 'charts', 'views'];

/** Puts a file among the assets under a name that holds its hash, and gives its address. */
function addAsset(name: string, text: string): string {
  const hash = createHash('sha256').update(text).digest('base64url').replaceAll(/[-_]/g, '').slice(0, 8);
  const file = `assets/${name.replace('.', `-${hash}.`)}`;
  writeFileSync(join(TO, file), text);
  return `/${file}`;
}

/** Leaves out what browsers do not read. */
const small = (css: string): string =>
  css
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,]) ?/g, '$1');

rmSync(TO, { recursive: true, force: true });
mkdirSync(join(TO, 'assets'), { recursive: true });
const { output } = await build({
  input: { app: join(FROM, 'main.tsx') },
  platform: 'browser',
  tsconfig: join(FROM, 'tsconfig.json'),
  output: {
    dir: TO,
    minify: true,
    entryFileNames: 'assets/[name]-[hash].js',
    chunkFileNames: 'assets/[name]-[hash].js',
  },
});
const addresses = {
  '/assets/app.js': `/${output[0].fileName}`,
  '/assets/app.css': addAsset(
    'app.css',
    STYLES.map((name) => small(readFileSync(join(FROM, 'styles', `${name}.css`), 'utf8'))).join(''),
  ),
  '/assets/icon.svg': addAsset('icon.svg', readFileSync(join(FROM, 'icon.svg'), 'utf8')),
};
const html = Object.entries(addresses).reduce(
  (page, [name, address]) => page.replace(name, address),
  readFileSync(join(FROM, 'index.html'), 'utf8').replace(/<!-- .*? -->\s*/s, ''),
);
writeFileSync(join(TO, 'index.html'), html);
for (const name of readdirSync(join(TO, 'assets'))) {
  const file = join(TO, 'assets', name);
  writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
}
