import type { GraphDatabase } from '../model/graph-database.ts';
import { openDatabase } from './open-database.ts';

/** Does something where the graph of a target is kept, and closes it. */
export async function withDatabase<Result>(
  target: string,
  action: (database: GraphDatabase) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const database = await openDatabase(target, undefined, signal);
  try {
    return await action(database);
  } finally {
    await database.close();
  }
}
