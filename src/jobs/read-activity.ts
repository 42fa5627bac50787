import type { Activity } from '../model/activity.ts';
import { entityId } from '../model/entity.ts';
import type { Graph } from '../model/graph.ts';
import { unescapePart } from '../model/key.ts';
import { AUDIT_EVENT } from '../model/node.ts';
import type { NodeFilter, Search } from '../model/search.ts';
import type { AskGraph } from './ask-graph.ts';
import { searchNodes } from './search-graph.ts';

/** Of whom, and when; the newest actions come first. */
export interface ActivityQuestion extends Pick<NodeFilter, 'since' | 'until'> {
  readonly user: string;
  readonly limit: number;
}

/** Reads what a user did from a graph. */
export function readActivity(ask: AskGraph, question: ActivityQuestion, signal: AbortSignal): Promise<Activity> {
  const { since, until, limit } = question;
  return ask(async (graph) => {
    const { user, node } = await findUser(graph, question.user);
    const filter = { nodeType: AUDIT_EVENT, user, since, until };
    const search: Search = { filter, sort: { field: 'time', isReversed: false }, limit, offset: 0 };
    const found = await searchNodes(graph, search, signal);
    const isKnown = node !== undefined || found.nodes.length > 0;
    const warnings = isKnown ? found.warnings : [...found.warnings, unknownUser(user)];
    return { user, node, found: { ...found, warnings } };
  });
}

/** A user is named as actions name it; where there is none of that name, by the id of a node, ours or of others. */
async function findUser({ nodes }: Graph, named: string): Promise<Pick<Activity, 'user' | 'node'>> {
  const node = await nodes.find(entityId('user', named));
  if (node !== undefined) return { user: named, node };
  const other = await nodes.find(named);
  const isOurs = other !== undefined && named.startsWith(OUR_USER);
  return { user: isOurs ? unescapePart(named.slice(OUR_USER.length)) : named, node: other };
}

const OUR_USER = 'user:';

const unknownUser = (user: string): string =>
  `the graph has no user '${user}'; audit-extract query --type user lists those it has`;
