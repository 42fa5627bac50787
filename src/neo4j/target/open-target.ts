import type { TargetOpening } from '../../model/graph-opening.ts';
import { NodeHooks } from '../../model/node-hooks.ts';
import type { Target } from '../../model/target.ts';
import type { Connection } from '../connection.ts';
import { ensureSchema } from '../schema.ts';
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

/** Opens a graph for runs, links and logged actions; makes constraints and indexes that are missing. */
export async function openTarget(place: TargetPlace, opening: TargetOpening): Promise<Target> {
  await ensureSchema(place.connection);
  return openTargetForDryRun(place, opening);
}

/** Opens it only to compare with it: nothing is made, and as long as nothing is there, there is nothing to be slow with. */
export async function openTargetForDryRun(
  { connection, origin, holder }: TargetPlace,
  { now, program, cleaner, hooks: given, isRun, edges, patience: { signal } }: TargetOpening,
): Promise<Target> {
  const hooks = given.length === 0 ? undefined : new NodeHooks(given, cleaner);
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
