import { AuditError } from '../../model/errors.ts';
import type { StoreOpening } from '../../model/graph-opening.ts';
import type { GraphStore } from '../../model/graph-store.ts';
import type { Connection } from '../connection.ts';
import { ensureSchema, hasRecord } from '../schema.ts';
import { writeSettings } from '../write-once.ts';
import { Neo4jGraphStore } from './graph-store.ts';
import { StoreTransactions } from './store-transactions.ts';

/** Opens a graph to be read and written record by record. Throws where there is none, and none is to be made. */
export async function openStore(connection: Connection, opening: StoreOpening): Promise<GraphStore> {
  const { create, actor, cleaner, clock } = opening;
  if (!create && !(await hasRecord(connection))) {
    throw new AuditError('target-not-found', `there is no graph ${connection.path}`, 'let it be made');
  }
  await ensureSchema(connection);
  const transactions = new StoreTransactions(connection, writeSettings(opening, clock));
  return new Neo4jGraphStore(connection, { transactions, cleaner, actor });
}
