import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Connection } from '../../src/neo4j/connection.ts';
import { connectTo, cypher } from './hand-written.ts';
import { type OpenNeo4j, openNeo4j } from './open-neo4j.ts';

/** Connects the tests of a block to a server, and leaves nothing in it before each; `use` is given the connection. */
export function connected(use: (connection: Connection) => void): void {
  let server: OpenNeo4j;
  let connection: Connection;

  beforeAll(async () => {
    server = await openNeo4j();
    connection = await connectTo(server);
    use(connection);
  }, 600_000);
  afterAll(async () => {
    await connection?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    await cypher(connection, 'MATCH (n) DETACH DELETE n');
  });
}
