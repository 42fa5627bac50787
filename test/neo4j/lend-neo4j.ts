import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import neo4j from 'neo4j-driver';
import type { TestProject } from 'vitest/node';
import { type Neo4jServer, startNeo4j } from './start-neo4j.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The port of the lender on this machine: who connects gets a server, and has it until the connection ends. */
    readonly neo4jLender: number;
  }
}

/**
 * Lends Neo4j servers to the files of tests for as long as each of them takes, as their start takes longer than most tests:
 * at most as many are started as are wanted at once, and none before one is.
 */
export default async function lendNeo4j({ provide }: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  const servers: Promise<Neo4jServer>[] = [];
  const idle: Neo4jServer[] = [];

  async function take(): Promise<Neo4jServer> {
    for (let server = idle.pop(); server !== undefined; server = idle.pop()) {
      if (await isEmptied(server)) return server;
      await server.stop();
    }
    const started = startNeo4j();
    servers.push(started);
    return started;
  }

  async function lend(borrower: Socket): Promise<void> {
    const returned = new Promise<void>((resolve) => borrower.on('error', () => {}).on('close', () => resolve()));
    borrower.resume();
    try {
      const server = await take();
      const { url, user, password } = server;
      borrower.write(`${JSON.stringify({ url, user, password })}\n`);
      await returned;
      idle.push(server);
    } catch (error) {
      borrower.end(`${JSON.stringify({ failed: String(error) })}\n`);
    }
  }

  const lender = createServer((borrower) => void lend(borrower)).listen(0, '127.0.0.1');
  await once(lender, 'listening');
  // Nobody waits for it: a run of tests that is broken off ends, and the servers with it.
  lender.unref();
  const address = lender.address();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  provide('neo4jLender', address.port);
  return async () => {
    lender.close();
    for (const server of await Promise.allSettled(servers))
      if (server.status === 'fulfilled') await server.value.stop();
  };
}

/** Makes a server as it was at first; false where it cannot be. */
async function isEmptied({ url, user, password }: Neo4jServer): Promise<boolean> {
  const driver = neo4j.driver(url, neo4j.auth.basic(user, password), { connectionAcquisitionTimeout: 20_000 });
  const ask = async (cypher: string) => (await driver.executeQuery(cypher)).records;
  const drop = async (kind: 'CONSTRAINT' | 'INDEX', condition: string) => {
    for (const record of await ask(
      `SHOW ${kind === 'INDEX' ? 'INDEXES' : 'CONSTRAINTS'} YIELD * WHERE ${condition} RETURN name`,
    ))
      await ask(`DROP ${kind} \`${String(record.get('name'))}\``);
  };
  try {
    await ask('MATCH (n) DETACH DELETE n');
    await drop('CONSTRAINT', 'true');
    await drop('INDEX', "type <> 'LOOKUP'");
    return true;
  } catch {
    return false;
  } finally {
    await driver.close();
  }
}
