import type { Span } from './event-span.ts';
import { type NamedNode, textsOfNode } from './node-texts.ts';
import { type NodeView, sessionOfNode, spanOfNode } from './node-view.ts';
import type { Properties } from './properties.ts';
import type { NodeFilter } from './search.ts';
import { wordsOfText } from './words.ts';

/** Filters that ask for one property each. */
const EXACT = [
  ['tool', 'tool_name'],
  ['errorType', 'error_type'],
  ['user', 'userUID'],
] as const;

/** Whether a node is wanted; `undated` where it would be if it told when it was. */
export type Match = 'yes' | 'no' | 'undated';

/** Whether a node itself, going by what it says, is wanted. Agent and task are not asked for. */
export function nodeMatcher(filter: NodeFilter): (node: NodeView) => Match {
  const exact = EXACT.flatMap(([field, property]) => {
    const wanted = filter[field];
    return wanted === undefined ? [] : [(properties: Properties) => properties[property] === wanted];
  });
  const words = filter.text === undefined ? [] : wordsOfText(filter.text);
  const { session, since, until } = filter;
  const isTimed = since !== undefined || until !== undefined;
  return (node) => {
    if (!exact.every((isSame) => isSame(node.properties))) return 'no';
    if (session !== undefined && sessionOfNode(node) !== session) return 'no';
    const span = isTimed ? spanOfNode(node) : undefined;
    if (span !== undefined && !touches(span, since, until)) return 'no';
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

function touches({ first, last }: Span, since = -Infinity, until = Infinity): boolean {
  return last >= since && first <= until;
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
