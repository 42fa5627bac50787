import { once } from 'node:events';
import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import { inject } from 'vitest';
import { whatIsMissing } from './build-neo4j.ts';
import type { Neo4jAccess } from './start-neo4j.ts';

export interface OpenNeo4j extends Neo4jAccess {
  stop(): Promise<void>;
}

/**
 * The server that the environment names, which stays as it is when it is stopped here; where it names none, one that is lent
 * to us, with nothing in it, until it is stopped.
 */
export async function openNeo4j(): Promise<OpenNeo4j> {
  const { AUDIT_EXTRACT_TEST_NEO4J_URL: url, ...named } = process.env;
  if (url === undefined) return borrowNeo4j();
  const user = named['AUDIT_EXTRACT_TEST_NEO4J_USER'] ?? 'neo4j';
  return { url, user, password: named['AUDIT_EXTRACT_TEST_NEO4J_PASSWORD'] ?? '', stop: async () => {} };
}

/**
 * Whether tests have no server here and are skipped, which is said in one line. Those that kill or restart it need one of
 * our own; others take the one that the environment names, too.
 */
export function noNeo4jHere({ own }: { readonly own: boolean }): boolean {
  if (!own && process.env['AUDIT_EXTRACT_TEST_NEO4J_URL'] !== undefined) return false;
  const missing = whatIsMissing();
  if (missing === undefined) return false;
  const orElse = own ? '' : ', and AUDIT_EXTRACT_TEST_NEO4J_URL is not set';
  process.stderr.write(`Tests on Neo4j are skipped: ${missing}${orElse}\n`);
  return true;
}

/** One that is lent to us, whatever the environment names, for tests that must know who connects; see `lendNeo4j`. */
export async function borrowNeo4j(): Promise<OpenNeo4j> {
  const lender = createConnection(inject('neo4jLender'), '127.0.0.1');
  const [line] = await once(createInterface(lender), 'line');
  const { failed, ...access } = JSON.parse(String(line));
  if (failed !== undefined) throw new Error(failed);
  return { ...access, stop: async () => void lender.destroy() };
}
