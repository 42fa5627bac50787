import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/neo4j/connection.ts';
import { ensureSchema } from '../../src/neo4j/schema.ts';
import { Chain } from '../../src/neo4j/target/chain.ts';
import type { LeafChange } from '../../src/neo4j/target/chunk-list.ts';
import { connected } from './connected.ts';
import { cypher, writeEvents } from './hand-written.ts';
import { noNeo4jHere } from './open-neo4j.ts';

const come = (...keys: readonly string[]): readonly LeafChange[] =>
  keys.map((key) => ({ key, leaf: `leaf of ${key}`, before: undefined }));

describe.skipIf(noNeo4jHere({ own: false }))('a chain of seals on Neo4j', { timeout: 120_000 }, () => {
  let connection: Connection;

  connected((opened) => {
    connection = opened;
  });
  beforeEach(() => ensureSchema(connection));

  const open = () => new Chain({ path: 'neo4j://here', origin: '', program: 'test', holder: () => undefined });
  /** Writes entries as whoever plans first and writes then does, and seals them. */
  const seal = (chain: Chain, changesOf: (isAgain: boolean) => readonly LeafChange[]) =>
    connection.write(async (tx, isAgain) => {
      const changes = changesOf(isAgain);
      const head = await chain.lock(tx);
      const remaking = await chain.remake(tx, head, changes);
      const rows = changes.map(({ key, leaf }) => ({ key, leaf: leaf ?? '' }));
      await tx.run('UNWIND $rows AS row CREATE (e:AuditEntry) SET e = row', { rows });
      await chain.seal(tx, head, remaking, 'a transaction');
    });

  it('is not broken by somebody who makes the same entry first, as the second one collides', async () => {
    const [first, second] = [open(), open()];
    await seal(second, () => come('log:a'));
    await seal(first, () => come('log:b'));
    await seal(second, (isAgain) => (isAgain ? come('log:c') : come('log:b', 'log:c')));
    expect(second.breach).toBeUndefined();
    const seals = await cypher<{ content: string }>(connection, 'MATCH (s:AuditSeal) RETURN s.content AS content');
    expect(seals.map(({ content }) => JSON.parse(content).breach)).toEqual([undefined, undefined, undefined]);
  });

  it('tells in its next seal of what somebody has written past it', async () => {
    const chain = open();
    await seal(chain, () => come('log:a'));
    await writeEvents(connection, ['log:b']);
    await seal(chain, () => come('log:c'));
    expect(chain.breach).toBe('the records were not those that were sealed');
  });
});
