import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'vitest';
import { runCli } from './run-cli.ts';

/** Writes a config file, its settings as JSON or as the text they are. */
export function writeConfig(path: string, settings: unknown): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof settings === 'string' ? settings : JSON.stringify(settings));
  return path;
}

/** The report of a dry run. */
export async function dryReport(args: readonly string[], env: Record<string, string>, folder?: string) {
  const { stdout, stderr } = await runCli([...args, '-n', '--json'], { env, ...(folder && { folder }) });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}
