import neo4j from 'neo4j-driver';
import type { KeptEdge, KeptNode } from '../../../src/model/graph-store.ts';
import type { Neo4jAccess } from '../../../test/neo4j/start-neo4j.ts';

/** What is sent: nodes in their order, each with the edges that it is an end of and whose other end is there by then. */
export interface SentNode {
  readonly node: KeptNode;
  readonly label: string;
  readonly edges: readonly KeptEdge[];
}

/** How long a statement took on average, in milliseconds. */
export interface StatementTimes {
  readonly node: number;
  readonly edge: number;
}

/**
 * Sends rows as a program does that was written in an afternoon: a statement for each node, and one for each edge, found by
 * the ids of its ends, each in a session of its own. The ids are indexed.
 */
export async function sendOneByOne(
  { url, user, password }: Neo4jAccess,
  nodes: Iterable<SentNode>,
): Promise<StatementTimes> {
  const driver = neo4j.driver(url, neo4j.auth.basic(user, password));
  const tally = { node: { count: 0, sum: 0 }, edge: { count: 0, sum: 0 } };
  const send = async (statement: string, parameters = {}) => {
    const session = driver.session();
    try {
      await session.run(statement, parameters);
    } finally {
      await session.close();
    }
  };
  const timed = async (kind: keyof StatementTimes, statement: string, parameters: object) => {
    const begin = performance.now();
    await send(statement, parameters);
    tally[kind].sum += performance.now() - begin;
    tally[kind].count++;
  };
  try {
    await send('CREATE CONSTRAINT plain_id IF NOT EXISTS FOR (n:Plain) REQUIRE n.UID IS UNIQUE');
    for (const { node, label, edges } of nodes) {
      const { id, name, properties, subtype, createdAt } = node;
      const said = { UID: id, name, properties, subtype, created_at: createdAt };
      await timed('node', `CREATE (n:Plain:\`${label}\`) SET n = $said`, { said });
      for (const { edgeType, fromNode, toNode, createdAt: created } of edges) {
        await timed(
          'edge',
          `MATCH (a:Plain {UID: $from}) MATCH (b:Plain {UID: $to}) CREATE (a)-[r:\`${edgeType}\`]->(b) SET r.created = $created`,
          { from: fromNode, to: toNode, created },
        );
      }
    }
    const meanOf = ({ sum, count }: { sum: number; count: number }) => sum / Math.max(1, count);
    return { node: meanOf(tally.node), edge: meanOf(tally.edge) };
  } finally {
    await driver.close();
  }
}
