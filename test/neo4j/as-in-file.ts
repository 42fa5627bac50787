import { join } from 'node:path';
import { expect } from 'vitest';
import { readContent } from '../behaviour/graph-place.ts';
import { type CliResult, runCli } from '../support/run-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cliOnNeo4j } from './cli-on-neo4j.ts';
import type { Neo4jAccess } from './start-neo4j.ts';
import { withoutTimes } from './without-times.ts';

const OK = { code: 0, stderr: '' };

/** The graph on the server is the one that an undisturbed run makes in a file, its fingerprint too, and `verify` agrees. */
export async function expectAsInFile(server: Neo4jAccess, flags: readonly string[]): Promise<void> {
  const file = join(tempFolder(), 'org.db');
  const clean = await runCli(['run', ...flags, '--edges', '--target', file, '--json']);
  expect(clean).toMatchObject(OK);
  expect(withoutTimes(await readContent(server.url))).toEqual(withoutTimes(await readContent(file)));
  const verified = await cliOnNeo4j(server).run(['verify', ...flags, '--json']);
  expect(verified).toMatchObject(OK);
  expect(fingerprintIn(verified)).toBe(fingerprintIn(clean));
}

const fingerprintIn = ({ stdout }: CliResult): unknown => {
  const { fingerprint } = JSON.parse(stdout);
  expect(fingerprint).toEqual(expect.any(String));
  return fingerprint;
};

/** What a run with `--format ndjson` has counted. */
export function totalsOf({ stdout }: CliResult): unknown {
  const { totals, edges } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '').report;
  return { totals, edges };
}

/** What an undisturbed run into a file counts. */
export async function totalsInFile(flags: readonly string[]): Promise<unknown> {
  const target = join(tempFolder(), 'org.db');
  return totalsOf(await runCli(['run', ...flags, '--edges', '--target', target, '--format', 'ndjson']));
}
