import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { closedEnvironment } from './run-cli.ts';

const ROOT = join(import.meta.dirname, '../..');

/**
 * Runs a program that uses the built library, as its users do, and gives what it prints, as JSON. `target` is there for
 * it. Rejects when the program does not end well, as by an error or a rejection that nobody has caught.
 */
export async function runLibrary(program: string, target: string): Promise<unknown> {
  const head = `import { bootstrap, ensureAuditTrail, logUserAction, migrateTrail } from 'audit-extract'; const target = ${JSON.stringify(target)};`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', `${head}\n${program}`],
    {
      cwd: ROOT,
      env: closedEnvironment(),
    },
  );
  return JSON.parse(stdout);
}
