import { resolve } from 'node:path';
import type { GraphDatabase } from '../model/graph-database.ts';
import { isNeo4jUrl } from '../neo4j/neo4j-address.ts';
import { SqliteDatabase } from '../sqlite/database/sqlite-database.ts';
import { refuseUrl } from './check-paths.ts';

/**
 * Where the graph of a target is kept: a server is connected to, of a file nothing is looked at yet. It is to be closed in the
 * end. `origin` is whose events are written and verified; undefined for those of the one source without a name. A server is not waited for much longer once `signal` is aborted.
 */
export async function openDatabase(target: string, origin?: string, signal?: AbortSignal): Promise<GraphDatabase> {
  if (isNeo4jUrl(target)) {
    // The driver takes longer to load than most commands on a file take.
    const { openNeo4jDatabase } = await import('../neo4j/neo4j-database.ts');
    return openNeo4jDatabase(target, origin, signal);
  }
  refuseUrl(target);
  return new SqliteDatabase(resolve(target));
}
