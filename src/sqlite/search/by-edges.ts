import { namesAgent, namesTask } from '../../model/node-match.ts';
import type { Properties } from '../../model/properties.ts';
import type { NodeFilter } from '../../model/search.ts';
import { NO_EDGES_TO_NAMES } from '../../model/search-warnings.ts';
import type { EdgeEnds } from './edge-ends.ts';
import type { NodeSet } from './node-set.ts';

/** A question's nodes by their edges, and what is to be said of that. */
export interface ByEdges {
  readonly sets: readonly NodeSet[];
  /** Where there are no edges, what nodes themselves say. */
  readonly names: readonly ((properties: Properties) => boolean)[];
  readonly warnings: readonly string[];
}

/** Looks at what edges say of a question, and lists so many nodes at the most. Each step is one short read. */
export function* collectByEdges(ends: EdgeEnds, { agent, task }: NodeFilter, most: number): Generator<void, ByEdges> {
  const sets: NodeSet[] = [];
  const names: ((properties: Properties) => boolean)[] = [];
  const warnings: string[] = [];
  if (agent !== undefined) {
    const set = yield* ends.collect('BY_AGENT', 'agent', agent, most);
    if (set === undefined) names.push((properties) => namesAgent(properties, agent));
    else sets.push(set);
  }
  if (task !== undefined) {
    const set = yield* ends.collect('FOR_TASK', 'task', task, most);
    if (set === undefined) names.push((properties) => namesTask(properties, task));
    else sets.push(set);
  }
  if (names.length > 0) {
    warnings.push(NO_EDGES_TO_NAMES);
  }
  return { sets, names, warnings };
}
