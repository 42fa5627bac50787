import type { TargetOpening } from '../../model/graph-opening.ts';
import { nodeHooks } from '../../model/node-hooks.ts';
import type { Target } from '../../model/target.ts';
import type { Connection } from '../connection.ts';
import { Chain } from './chain.ts';
import { Neo4jLinkTarget } from './link-target.ts';
import { Neo4jRetirement } from './retirement.ts';
import { RunList } from './run-list.ts';
import { Neo4jTarget } from './target.ts';

/** Whose graph is opened, and by which lock its run is known. */
export interface TargetPlace {
  readonly connection: Connection;
  readonly origin: string;
  readonly holder: () => string | undefined;
}

/**
 * Opens a graph for runs, links and logged actions; nothing is written by that. The schema must be there for those that write;
 * where a dry run finds none, there is nothing to be slow with.
 */
export async function openTarget(
  { connection, origin, holder }: TargetPlace,
  { now, program, cleaner, hooks: given, isRun, edges, patience: { signal } }: TargetOpening,
): Promise<Target> {
  const hooks = nodeHooks(given, cleaner);
  const chain = new Chain({ path: connection.path, origin, program, holder: isRun ? holder : () => undefined });
  const runs = new RunList(now, origin);
  const linkers = edges?.linkers ?? null;
  const writing = { now, cleaner, hooks };
  return new Neo4jTarget({
    ...{ connection, chain, runs, origin, now, cleaner, hooks, signal, isRun, linkers },
    links: edges && new Neo4jLinkTarget(connection, { linkers, runs, writing, signal }),
    retirement: new Neo4jRetirement(connection, { program, chain, runs, writing, signal }),
  });
}
