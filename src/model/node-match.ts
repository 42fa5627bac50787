import { touchDays } from './day-counts.ts';
import type { EntityType } from './entity.ts';
import type { Span } from './event-span.ts';
import { type NamedNode, textsOfNode } from './node-texts.ts';
import { type NodeView, sessionOfNode, spanOfNode } from './node-view.ts';
import type { Properties } from './properties.ts';
import type { NodeFilter } from './search.ts';
import { wordsOfText } from './words.ts';

/** Where a node says, and an edge of it tells, what a filter asks for. */
const ASKED = [
  { field: 'tool', says: ({ properties }: NodeView) => properties['tool_name'], edge: 'BY_TOOL' },
  { field: 'user', says: ({ properties }: NodeView) => properties['userUID'], edge: 'PERFORMED_BY' },
  { field: 'session', says: sessionOfNode, edge: 'IN_SESSION' },
] as const satisfies readonly { field: keyof NodeFilter & EntityType; says: unknown; edge: string }[];

/** Whether a node is wanted; `undated` where it would be if it told when it was. */
export type Match = 'yes' | 'no' | 'undated';

/**
 * Whether a node itself is wanted, going by what it says; of an event that is not recorded its edges speak as well, as
 * whoever made it may have said it with them alone. Agent and task are not asked for.
 */
export function nodeMatcher(filter: NodeFilter): (node: NodeView) => Match {
  const asked = ASKED.flatMap(({ field, says, edge }) => {
    const wanted = filter[field];
    if (wanted === undefined) return [];
    return [
      (node: NodeView) => says(node) === wanted || (node.kept() === undefined && node.leadsTo(edge, field, wanted)),
    ];
  });
  const words = filter.text === undefined ? [] : wordsOfText(filter.text);
  const { errorType, since, until } = filter;
  const isTimed = since !== undefined || until !== undefined;
  return (node) => {
    if (errorType !== undefined && node.properties['error_type'] !== errorType) return 'no';
    if (!asked.every((isSo) => isSo(node))) return 'no';
    const span = isTimed ? spanOfNode(node) : undefined;
    if (span !== undefined && !touches(node, span, since, until)) return 'no';
    if (words.length > 0 && !hasWords(words, node)) return 'no';
    return isTimed && span === undefined ? 'undated' : 'yes';
  };
}

/** Whether a node's own properties name an agent; it shows a few of many. */
export const namesAgent = ({ agents }: Properties, agent: string): boolean => isAmong(agents, agent);

/** The same for a task. */
export const namesTask = ({ task_ids, task_id }: Properties, task: string): boolean =>
  task_id === task || isAmong(task_ids, task);

function isAmong(list: unknown, value: string): boolean {
  return Array.isArray(list) && list.includes(value);
}

/** Whether it was within a range; where only its first and last moment are outside, the days of its rows decide. */
function touches({ kept }: NodeView, { first, last }: Span, since = -Infinity, until = Infinity): boolean {
  if (last < since || first > until) return false;
  if (first >= since || last <= until) return true;
  const days = kept()?.days();
  return days === undefined || touchDays(days, since, until);
}

function hasWords(wanted: readonly string[], node: NamedNode): boolean {
  let missing = wanted;
  for (const text of textsOfNode(node)) {
    const words = wordsOfText(text);
    missing = missing.filter((begin) => !words.some((word) => word.startsWith(begin)));
    if (missing.length === 0) return true;
  }
  return false;
}
