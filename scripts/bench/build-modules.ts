import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Builds the program as its single modules, into `dist-modules`, unless they are there: of those put together none could be left out. */
export function buildModules(): void {
  const built = statSync(join(ROOT, 'dist-modules/cli/index.js'), { throwIfNoEntry: false });
  if (built !== undefined && built.mtimeMs > newest(join(ROOT, 'src'))) return;
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const how = ['--emitDeclarationOnly', 'false', '--declaration', 'false', '--outDir', 'dist-modules'];
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', ...how], { cwd: ROOT, stdio: 'inherit' });
}

/** When a file of a folder was written last, in milliseconds since 1970. */
function newest(folder: string): number {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Math.max(...names.map((name) => statSync(join(folder, name)).mtimeMs));
}
