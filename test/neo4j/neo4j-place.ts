import neo4j, { type Driver } from 'neo4j-driver';
import { labelOf } from '../../src/neo4j/labels.ts';
import type { GraphPlace } from '../behaviour/graph-place.ts';
import type { Neo4jAccess } from './start-neo4j.ts';

/** Graphs on one server, one at a time, and a driver of its own beside ours. */
export interface Neo4jPlace extends GraphPlace {
  readonly driver: Driver;
  close(): Promise<void>;
}

/** Opens it, and lets this process know who connects. */
export function openNeo4jPlace({ url, user, password }: Neo4jAccess): Neo4jPlace {
  process.env['AUDIT_EXTRACT_NEO4J_USER'] = user;
  process.env['AUDIT_EXTRACT_NEO4J_PASSWORD'] = password;
  const driver = neo4j.driver(url, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
  return {
    driver,
    async newTarget() {
      await driver.executeQuery('MATCH (n) DETACH DELETE n');
      return url;
    },
    async removeNode(_, id) {
      await driver.executeQuery('MATCH (n {UID: $id}) DETACH DELETE n', { id });
    },
    async renameNode(_, id, name) {
      await driver.executeQuery('MATCH (n {UID: $id}) SET n.name = $name', { id, name });
    },
    async makeOthers(_, nodes, edges) {
      for (const { id, type } of nodes)
        await driver.executeQuery(`CREATE (:${labelOf(type)} {UID: $id, name: $id})`, { id });
      for (const { type, from, to } of edges) {
        const match = 'MATCH (a {UID: $from}) MATCH (b {UID: $to})';
        await driver.executeQuery(`${match} CREATE (a)-[:${type}]->(b)`, { from, to });
      }
    },
    close: () => driver.close(),
  };
}
