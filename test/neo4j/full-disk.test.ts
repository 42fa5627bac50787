import { statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { expectSameErrors } from '../support/expect-failure.ts';
import { canMount } from '../support/small-disk.ts';
import { expectAsInFile } from './as-in-file.ts';
import { cliOnNeo4j } from './cli-on-neo4j.ts';
import { CREDENTIALS } from './expect-told.ts';
import { machine } from './machine.ts';
import { noNeo4jHere } from './open-neo4j.ts';
import { startNeo4j } from './start-neo4j.ts';

const DISK_MIB = 40;
/** What is left of it. */
const LEFT_BYTES = 1_000_000;

/** That is said in one line. */
function noDiskHere(): boolean {
  if (canMount()) return false;
  process.stderr.write('Tests on a full disk of a Neo4j server are skipped: no file system may be mounted here\n');
  return true;
}

describe.skipIf(noNeo4jHere({ own: true }) || noDiskHere())('a Neo4j server whose disk is full', () => {
  it('fails a run clearly, which goes on to the same graph when there is room', { timeout: 300_000 }, async () => {
    const server = await startNeo4j({ diskMib: DISK_MIB });
    onTestFinished(() => server.stop());
    for (const [name, value] of Object.entries(CREDENTIALS)) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { flags, grow } = machine('a', 20);
    const run = ['run', ...flags, '--edges', '--batch-size', '50'];
    expect(await cliOnNeo4j(server).run([...run, '--quiet'])).toMatchObject({ code: 0 });
    const { bavail, bsize } = statfsSync(server.data);
    writeFileSync(join(server.data, 'ballast'), Buffer.alloc(bavail * bsize - LEFT_BYTES));
    grow(300);
    const full = await cliOnNeo4j(server).run([...run, '--json']);
    expect(full.stderr).toMatch(/^error: target \S+ could not write to its disk\nhint: see whether its disk is full/m);
    expect(full.code).toBe(1);
    expectSameErrors(full, ['target-full']);

    // Stopped in order it waits for ever, and as soon as there is room adds to its log what it had written half.
    await server.kill();
    await server.restart();
    expect(await cliOnNeo4j(server).run([...run, '--json'])).toMatchObject({ code: 0, stderr: '' });
    await expectAsInFile(server, flags);
  });
});
