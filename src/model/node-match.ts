import { type Span, spanOf } from './event-span.ts';
import type { Properties } from './properties.ts';
import type { NodeFilter } from './search.ts';
import { wordsOfText } from './words.ts';

/** What of a node tells whether it is wanted, beside its type and subtype. */
export interface NodeView {
  readonly name: string | null | undefined;
  readonly properties: Properties;
}

/** Filters that ask for one property each. */
const EXACT = [
  ['session', 'session_id'],
  ['tool', 'tool_name'],
  ['errorType', 'error_type'],
  ['user', 'userUID'],
] as const;

/** The properties that a node is found by the words of, beside its name. */
const TEXTS = ['content', 'task_description', 'eventType', 'eventCategory', 'userName', 'details'];

/** Whether a node is wanted; `undated` where it would be if it told when it was. */
export type Match = 'yes' | 'no' | 'undated';

/** Whether a node itself, going by its name and properties, is wanted. Agent and task are not asked for. */
export function nodeMatcher(filter: NodeFilter): (node: NodeView) => Match {
  const exact = EXACT.flatMap(([field, property]) => {
    const wanted = filter[field];
    return wanted === undefined ? [] : [(properties: Properties) => properties[property] === wanted];
  });
  const words = filter.text === undefined ? [] : wordsOfText(filter.text);
  const { since, until } = filter;
  const isTimed = since !== undefined || until !== undefined;
  return ({ name, properties }) => {
    if (!exact.every((isSame) => isSame(properties))) return 'no';
    const span = isTimed ? spanOf(properties) : undefined;
    if (span !== undefined && !touches(span, since, until)) return 'no';
    if (words.length > 0 && !hasWords(words, [name, ...TEXTS.map((text) => properties[text])])) return 'no';
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

function hasWords(wanted: readonly string[], values: readonly unknown[]): boolean {
  let missing = wanted;
  for (const text of textsIn(values)) {
    const words = wordsOfText(text);
    missing = missing.filter((begin) => !words.some((word) => word.startsWith(begin)));
    if (missing.length === 0) return true;
  }
  return false;
}

/** All texts within some values. Without recursion: data may be nested as deep as it likes. */
function* textsIn(values: readonly unknown[]): Generator<string> {
  const left: unknown[] = [...values];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string') yield value;
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) left.push(inner);
  }
}
