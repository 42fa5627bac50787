import { beforeEach, describe, expect, it } from 'vitest';
import { unpackIds } from '../../src/model/packed-ids.ts';
import type { Connection } from '../../src/neo4j/connection.ts';
import { packRecords } from '../../src/neo4j/packed-records.ts';
import { ensureSchema } from '../../src/neo4j/schema.ts';
import { cleanChanges } from '../../src/neo4j/target/clean-changes.ts';
import type { Parameters } from '../../src/neo4j/transaction.ts';
import { connected } from './connected.ts';
import { cypher, plainCleaner } from './hand-written.ts';
import { noNeo4jHere } from './open-neo4j.ts';

const cleaner = { ...plainCleaner, id: (id: string) => id.replaceAll('secret', '[redacted]') };

describe.skipIf(noNeo4jHere({ own: false }))('the log of changes on Neo4j', { timeout: 120_000 }, () => {
  let connection: Connection;

  connected((opened) => {
    connection = opened;
  });
  beforeEach(() => ensureSchema(connection));

  const change = (number: string, said: Parameters) =>
    cypher(connection, 'CREATE (c:AuditChange) SET c = $said', { said: { number, ...said } });
  const changes = async () => {
    const rows = await cypher<{ record: string; last: string | null; records: Int8Array | null }>(
      connection,
      'MATCH (c:AuditChange) RETURN c.record AS record, c.last AS last, c.records AS records ORDER BY c.number',
    );
    return rows.map(({ records, ...row }) => ({ ...row, records: records && unpackIds(records) }));
  };

  it('is rid of secrets in ids, one by one and in lists, whose bounds are theirs again', async () => {
    await change('1', { record: 'note:secret' });
    await change('2', { record: 'note:plain' });
    await change('3', { ...packRecords(['note:b', 'secret', 'note:a']) });
    await change('4', { ...packRecords(['note:b', 'note:a']) });
    expect((await changes()).at(2)).toMatchObject({ record: 'note:a', last: 'secret' });
    await cleanChanges(connection, cleaner);
    expect(await changes()).toEqual([
      { record: 'note:[redacted]', last: null, records: null },
      { record: 'note:plain', last: null, records: null },
      { record: '[redacted]', last: 'note:b', records: ['note:b', '[redacted]', 'note:a'] },
      { record: 'note:a', last: 'note:b', records: ['note:b', 'note:a'] },
    ]);
  });

  it('finds its bounds in the order of UTF-8 bytes', () => {
    // By UTF-16, the last one would come before the other.
    expect(packRecords(['\uff61', '\u{1f600}'])).toMatchObject({ record: '\uff61', last: '\u{1f600}' });
  });
});
