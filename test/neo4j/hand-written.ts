import type { RecordCleaner } from '../../src/model/change.ts';
import { nodeId } from '../../src/model/key.ts';
import { leafOf } from '../../src/model/leaf.ts';
import { AUDIT_EVENT, type GraphNode } from '../../src/model/node.ts';
import { Connection } from '../../src/neo4j/connection.ts';
import { parseNeo4jAddress } from '../../src/neo4j/neo4j-address.ts';
import { nodeProperties } from '../../src/neo4j/node-properties.ts';
import { KEPT_FIELDS } from '../../src/neo4j/target/batch-plan.ts';
import type { Parameters } from '../../src/neo4j/transaction.ts';
import type { Neo4jAccess } from './start-neo4j.ts';

export const NOW = '2026-03-01T12:00:00.000Z';

export function connectTo({ url, user, password }: Neo4jAccess): Promise<Connection> {
  return Connection.open(parseNeo4jAddress(url), { user, password });
}

/** Runs a statement of the test's own, and gives its rows. */
export function cypher<Row extends object>(
  connection: Connection,
  statement: string,
  parameters: Parameters = {},
): Promise<readonly Row[]> {
  return connection.write((tx) => tx.run<Row>(statement, parameters));
}

/** The node of a key, as an extractor would have made it. */
export function eventNode(key: string): GraphNode {
  const id = nodeId(AUDIT_EVENT, key);
  const said = { subtype: 'error', name: `Error ${key}`, properties: JSON.stringify({ key }) };
  return { id, nodeType: AUDIT_EVENT, ...said, sourceTable: 'errors', sourceId: key };
}

/** What is kept of an event, beside its key and leaf. */
export interface Kept {
  readonly run?: bigint;
  readonly linked?: string | null;
  readonly owed?: string | null;
  readonly session?: string | null;
}

/** Writes events with what is kept of them, each leaf as its node says it. */
export async function writeEvents(connection: Connection, keys: readonly string[], kept: Kept = {}): Promise<void> {
  const { run = 1n, linked = null, owed = null, session = '' } = kept;
  const rows = keys.map((key) => {
    const node = eventNode(key);
    const said = { ...nodeProperties(node), created_at: NOW, updated_at: NOW };
    const entry = { key, leaf: leafOf(node, KEPT_FIELDS), drafts: 1n, run, changed: true, linked, owed, session };
    return { said, entry };
  });
  await cypher(
    connection,
    `UNWIND $rows AS row CREATE (n:KgNode:AuditEvent) SET n = row.said
     CREATE (e:AuditEntry) SET e = row.entry`,
    { rows },
  );
}

/** A node that another program has made. */
export async function writeForeign(connection: Connection, label: string, id: string): Promise<void> {
  await cypher(connection, `CREATE (n:${label} {UID: $id, title: 'of others'})`, { id });
}

/** For records in which there are no secrets. */
export const plainCleaner: RecordCleaner = {
  id: (id) => id,
  text: (text) => text,
  node: (node) => node,
  properties: (json) => json,
};

/** A server that commits the first try of every transaction, and whose answer is lost. */
export function forgetful(connection: Connection): Pick<Connection, 'read' | 'write'> {
  return {
    read: (action, signal) => connection.read(action, signal),
    write: async (action, signal) => {
      await connection.write((tx) => action(tx, false), signal);
      return connection.write((tx) => action(tx, true), signal);
    },
  };
}
