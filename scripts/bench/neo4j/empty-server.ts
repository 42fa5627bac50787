import neo4j from 'neo4j-driver';
import type { Neo4jAccess } from '../../../test/neo4j/start-neo4j.ts';

/** Removes every node and edge, and the constraints and indexes, batch by batch, as one transaction would not fit into memory. */
export async function emptyServer({ url, user, password }: Neo4jAccess): Promise<void> {
  const driver = neo4j.driver(url, neo4j.auth.basic(user, password));
  const session = driver.session();
  try {
    await session.run('MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS');
    for (const [kind, kinds] of [
      ['CONSTRAINT', 'CONSTRAINTS'],
      ['INDEX', 'INDEXES'],
    ]) {
      const { records } = await session.run(`SHOW ${kinds} YIELD name, type WHERE type <> 'LOOKUP' RETURN name`);
      for (const record of records) await session.run(`DROP ${kind} \`${record.get('name')}\` IF EXISTS`);
    }
  } finally {
    await session.close();
    await driver.close();
  }
}
