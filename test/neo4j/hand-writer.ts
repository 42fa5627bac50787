import { edgeId } from '../../src/model/edge.ts';
import { Connection } from '../../src/neo4j/connection.ts';
import { labelOf, quoteName, relationshipOf } from '../../src/neo4j/labels.ts';
import { parseNeo4jAddress } from '../../src/neo4j/neo4j-address.ts';
import { ensureSchema } from '../../src/neo4j/schema.ts';
import type { Parameter, Parameters } from '../../src/neo4j/transaction.ts';
import type { Neo4jAccess } from './start-neo4j.ts';

/** A node as this program writes it. */
export interface HandNode {
  readonly id: string;
  readonly type?: string;
  readonly subtype?: string | null;
  readonly name?: string;
  readonly properties?: object | string;
  readonly deletedAt?: string | null;
}

/** What is kept of an event. */
export interface HandEntry {
  readonly key: string;
  readonly drafts?: number;
  readonly first?: number | null;
  readonly last?: number | null;
  readonly session?: string | null;
  readonly user?: string | null;
  readonly what?: string | null;
  readonly how?: string | null;
  readonly days?: readonly (readonly [string, number])[] | null;
  readonly owed?: string | null;
}

export const openConnection = ({ url, user, password }: Neo4jAccess): Promise<Connection> =>
  Connection.open(parseNeo4jAddress(url), { user, password });

/** Writes graphs by hand, as the design says that they are. */
export class HandWriter {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  run(cypher: string, parameters?: Parameters): Promise<readonly object[]> {
    return this.#connection.write((tx) => tx.run(cypher, parameters));
  }

  /** Leaves nothing but the constraints and what tells the version. */
  async clear(): Promise<void> {
    await this.run('MATCH (n) DETACH DELETE n');
    await ensureSchema(this.#connection);
  }

  async nodes(...nodes: readonly HandNode[]): Promise<void> {
    for (const { id, type = 'audit_event', subtype = null, name = id, properties = {}, deletedAt = null } of nodes) {
      const json = typeof properties === 'string' ? properties : JSON.stringify(properties);
      const said = { UID: id, node_type: type, subtype, name, properties: json, deleted_at: deletedAt };
      const times = { created_at: '2025-03-01T00:00:00Z', updated_at: '2025-03-02T00:00:00Z' };
      await this.run(`CREATE (n:KgNode:${quoteName(labelOf(type))}) SET n = $said`, { said: { ...said, ...times } });
    }
  }

  async edges(...edges: readonly (readonly [edgeType: string, from: string, to: string])[]): Promise<void> {
    for (const [edgeType, fromNode, toNode] of edges) {
      const said = {
        id: edgeId({ edgeType, fromNode, toNode }),
        edge_type: edgeType,
        created_at: '2025-03-01T00:00:00Z',
      };
      await this.run(
        `MATCH (a {UID: $fromNode}), (b {UID: $toNode})
         CREATE (a)-[r:${quoteName(relationshipOf(edgeType))}]->(b) SET r = $said`,
        { fromNode, toNode, said },
      );
    }
  }

  async entries(...entries: readonly HandEntry[]): Promise<void> {
    const int = (value: number | null | undefined): Parameter => (value == null ? null : BigInt(value));
    const rows = entries.map(({ days, ...entry }) => ({
      ...entry,
      drafts: int(entry.drafts ?? 1),
      first: int(entry.first === undefined ? entry.last : entry.first),
      last: int(entry.last),
      days: days == null ? null : JSON.stringify(days),
      leaf: 'a leaf',
      run: 1n,
      changed: true,
    }));
    await this.run('UNWIND $rows AS row CREATE (e:AuditEntry) SET e = row', { rows });
  }

  /** A change as the log has it; `number` is put in order as it is. */
  async change(number: string, said: Parameters): Promise<void> {
    const usual = { at: '2025-03-01T00:00:00.000Z', run: 1n, actor: 'somebody', amount: 1n };
    await this.run('CREATE (c:AuditChange) SET c = $said', { said: { ...usual, ...said, number } });
  }
}
