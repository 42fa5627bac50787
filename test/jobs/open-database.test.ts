import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bootstrap } from '../../src/jobs/bootstrap.ts';
import { ensureAuditTrail } from '../../src/jobs/ensure-trail.ts';
import { openDatabase } from '../../src/jobs/open-database.ts';
import { tempFolder } from '../support/temp-folder.ts';

const URL_TARGET = 'postgres://ann:secret@server/graph';

describe('a target that is a URL', () => {
  test.each([
    ['a store', () => bootstrap(URL_TARGET)],
    ['a trail', () => ensureAuditTrail({ target: URL_TARGET })],
    ['a database', () => openDatabase(URL_TARGET)],
  ])('is refused as such where %s is wanted, without its password', async (_, open) => {
    const refused = open();
    await expect(refused).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('URL') });
    await expect(refused).rejects.toMatchObject({ message: expect.not.stringContaining('secret') });
  });
});

describe('a target that is a file', () => {
  const pathOf = () => join(tempFolder(), 'org.db');

  test('has an absolute path', async () => {
    expect((await openDatabase('org.db')).path).toBe(join(process.cwd(), 'org.db'));
  });

  test('can be written before it is there, and not be looked at', async () => {
    const database = await openDatabase(pathOf());
    await expect(database.requireThere()).rejects.toMatchObject({ code: 'target-not-found' });
    await expect(database.requireWritable(undefined)).resolves.toBeUndefined();
  });

  test('cannot be written where it is the source', async () => {
    const path = pathOf();
    await (await bootstrap(path)).close();
    const database = await openDatabase(path);
    await expect(database.requireThere()).resolves.toBeUndefined();
    await expect(database.requireWritable(path)).rejects.toMatchObject({ code: 'target-is-source' });
  });

  test('rejects, and does not throw, where it cannot be opened', async () => {
    const database = await openDatabase(pathOf());
    for (const open of [
      () => database.openGraph(),
      () => database.openRecordedGraph(),
      () => database.openHoldingReader(),
      () => database.readHistory(1),
    ]) {
      await expect(open()).rejects.toThrow();
    }
  });
});
