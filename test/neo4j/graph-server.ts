import neo4j, { type EagerResult } from 'neo4j-driver';
import { recordCleaner } from '../../src/engine/clean-record.ts';
import type { RecordCleaner } from '../../src/model/change.ts';
import { Connection } from '../../src/neo4j/connection.ts';
import { parseNeo4jAddress } from '../../src/neo4j/neo4j-address.ts';
import type { Parameters } from '../../src/neo4j/transaction.ts';
import { createRedactor, RECOMMENDED } from '../../src/redaction/create-redactor.ts';
import { type OpenNeo4j, openNeo4j } from './open-neo4j.ts';

/** Rids what tests write of secrets, as the program does. */
export const CLEANER: RecordCleaner = recordCleaner(createRedactor(RECOMMENDED));

/** A server for the tests of one file, each of which begins with an empty database. */
export interface GraphServer {
  readonly access: OpenNeo4j;
  /** Connects as the program does; through another URL where one is given; it is closed with the server at the latest. */
  connect(url?: string): Promise<Connection>;
  /** Asks as others do, and gives plain values. */
  ask<Row extends object>(cypher: string, parameters?: Parameters): Promise<readonly Row[]>;
  /** Removes all nodes; constraints and indexes stay. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

export async function openGraphServer(server?: OpenNeo4j): Promise<GraphServer> {
  const access = server ?? (await openNeo4j());
  const driver = neo4j.driver(access.url, neo4j.auth.basic(access.user, access.password), {
    disableLosslessIntegers: true,
  });
  const connections: Connection[] = [];
  const ask = async <Row extends object>(cypher: string, parameters?: Parameters) => {
    const { records } = await driver.executeQuery<EagerResult<Row>>(cypher, parameters);
    return records.map((record) => record.toObject());
  };
  return {
    access,
    ask,
    connect: async (url = access.url) => {
      const connection = await Connection.open(parseNeo4jAddress(url), access);
      connections.push(connection);
      return connection;
    },
    empty: async () => void (await ask('MATCH (n) DETACH DELETE n')),
    stop: async () => {
      for (const connection of connections) await connection.close();
      await driver.close();
      await access.stop();
    },
  };
}
