import Database from 'better-sqlite3';
import type { Search } from '../../src/model/search.ts';
import { instantOf } from '../oracle/instant-of.ts';

/** A node as a row of a test's `kg_nodes`. */
export interface PlainNode {
  readonly id: string;
  readonly node_type: string;
  readonly subtype: string | null;
  readonly name: string;
  readonly properties: string | null;
  readonly deleted_at: string | null;
}

/** An edge as a row of a test's `kg_edges`. */
export interface PlainEdge {
  readonly id: string;
  readonly edge_type: string;
  readonly from_node: string;
  readonly to_node: string;
}

/** What a search finds, and whether there is more. */
export interface PlainFound {
  readonly ids: readonly { readonly id: string; readonly first: number | null; readonly last: number | null }[];
  readonly more: boolean;
}

interface Judged {
  readonly node: PlainNode;
  readonly values: Readonly<Record<string, unknown>>;
  readonly first: number | null;
  readonly last: number | null;
}

/** The second, plain implementation of a search: everything in memory, one rule after the other. */
export function plainSearch(nodes: readonly PlainNode[], edges: readonly PlainEdge[], search: Search): PlainFound {
  const { filter, sort, limit, offset } = search;
  let left = nodes
    .filter(({ node_type, deleted_at }) => node_type === filter.nodeType && deleted_at === null)
    .map(judge);
  const keep = (wanted: unknown, test: (judged: Judged) => boolean) => {
    if (wanted !== undefined) left = left.filter(test);
  };
  const { since = -1e18, until = 1e18, agent, task, text } = filter;
  keep(filter.subtype, ({ node }) => node.subtype === filter.subtype);
  keep(filter.session, ({ values }) => values['session_id'] === filter.session);
  keep(filter.tool, ({ values }) => values['tool_name'] === filter.tool);
  keep(filter.errorType, ({ values }) => values['error_type'] === filter.errorType);
  keep(filter.user, ({ values }) => values['userUID'] === filter.user);
  keep(filter.since, ({ last }) => last !== null && last >= since);
  keep(filter.until, ({ first }) => first !== null && first <= until);
  keep(text, ({ node, values }) => {
    const words = wordsOf([node.name, ...TEXTS.map((name) => values[name])]);
    return tokens(text ?? '').every((wanted) => words.some((word) => word.startsWith(wanted)));
  });
  const linked = (type: string, to: string, named: (judged: Judged) => boolean) => (judged: Judged) => {
    const some = edges.filter(({ edge_type }) => edge_type === type);
    if (some.length === 0) return named(judged);
    return some.some(({ from_node, to_node }) => from_node === judged.node.id && to_node === to);
  };
  const escaped = (value = '') => value.replaceAll('%', '%25').replaceAll(':', '%3A');
  const lists = (list: unknown, value: unknown) => Array.isArray(list) && list.includes(value);
  keep(
    agent,
    linked('BY_AGENT', `agent:${escaped(agent)}`, ({ values }) => lists(values['agents'], agent)),
  );
  keep(
    task,
    linked(
      'FOR_TASK',
      `task:${escaped(task)}`,
      ({ values }) => values['task_id'] === task || lists(values['task_ids'], task),
    ),
  );
  const byText = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
  const direction = sort.isReversed ? -1 : 1;
  left.sort((a, b) => {
    const byId = byText(a.node.id, b.node.id);
    if (sort.field === 'id') return direction * byId;
    if (sort.field === 'name') return direction * byText(a.node.name, b.node.name) || byId;
    if (a.last === b.last) return byId;
    if (a.last === null) return 1;
    if (b.last === null) return -1;
    return direction * (b.last - a.last);
  });
  const page = left.slice(offset, offset + limit);
  return {
    ids: page.map(({ node, first, last }) => ({ id: node.id, first, last })),
    more: left.length > offset + limit,
  };
}

const TEXTS = ['content', 'task_description', 'eventType', 'eventCategory', 'userName', 'details'];

function judge(node: PlainNode): Judged {
  const values = valuesOf(node.properties);
  const moment = (...names: string[]) => names.map((name) => momentOf(values[name])).find((at) => at !== null) ?? null;
  const first = moment('first_occurrence', 'timestamp', 'created_at');
  const last = moment('last_occurrence', 'timestamp', 'updated_at', 'created_at');
  return { node, values, first: first ?? last, last: last ?? first };
}

function valuesOf(json: string | null): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(json ?? '');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

const YEAR_1970 = instantOf('1970-01-01')?.seconds ?? 0;

function momentOf(value: unknown): number | null {
  const instant = typeof value === 'string' ? instantOf(value) : undefined;
  if (instant === undefined) return null;
  return (instant.seconds - YEAR_1970) * 1000 + Math.floor(Number(`0.${instant.fraction}0`.slice(0, 5)) * 1000 + 1e-6);
}

function wordsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return tokens(value);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsOf) : [];
}

const fullText = new Database(':memory:');
fullText.exec("CREATE VIRTUAL TABLE texts USING fts5(text); CREATE VIRTUAL TABLE words USING fts5vocab(texts, 'row')");
const known = new Map<string, readonly string[]>();

/** The words of a text as SQLite's own full-text search splits it. */
function tokens(text: string): readonly string[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  fullText.prepare('DELETE FROM texts').run();
  fullText.prepare('INSERT INTO texts(text) VALUES (?)').run(text);
  const words = fullText.prepare<[], string>('SELECT term FROM words').pluck().all();
  known.set(text, words);
  return words;
}
