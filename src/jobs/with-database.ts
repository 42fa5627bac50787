import type { GraphDatabase } from '../model/graph-database.ts';
import { openDatabase } from './open-database.ts';

/** Does something where the graph of a target is kept, as one of an origin where that matters, and closes it. */
export async function withDatabase<Result>(
  target: string,
  action: (database: GraphDatabase) => Promise<Result>,
  { origin, signal }: { readonly origin?: string | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<Result> {
  const database = await openDatabase(target, origin, signal);
  try {
    return await action(database);
  } finally {
    await database.close();
  }
}
