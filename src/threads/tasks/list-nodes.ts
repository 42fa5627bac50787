import { searchNodes } from '../../jobs/search-graph.ts';
import { AuditError } from '../../model/errors.ts';
import type { Graph } from '../../model/graph.ts';
import type { KeptNode } from '../../model/graph-store.ts';
import type { Found, FoundNode, Search, SortKey } from '../../model/search.ts';
import { keptNodeRow, rowJson } from '../../render/kept-record.ts';
import { isoMoment } from '../../render/moment.ts';
import type { TaskShop } from '../task.ts';

/** A place in the order of a search; the name is left out where it is long, and is the node's. */
export type ListPlace = Omit<SortKey, 'name'> & { readonly name: string | undefined };

/** Which nodes are wanted: all in the order of their ids, or those that a search finds; those after a place. */
export type NodeList = {
  readonly limit: number;
  readonly after: ListPlace | undefined;
} & (
  | { readonly kind: 'all'; readonly includeDeleted: boolean }
  | { readonly kind: 'found'; readonly search: Pick<Search, 'filter' | 'sort'> }
);

/** Some nodes as JSON texts, and the place of the last one where there are more. */
export interface ListedNodes {
  readonly nodes: readonly string[];
  readonly next: SortKey | undefined;
  readonly warnings: readonly string[];
}

/** Lists nodes, page by page. */
export function listNodes(list: NodeList, { desk, signal }: TaskShop<never>): Promise<ListedNodes> {
  return desk.ask(async (graph) => {
    if (list.kind === 'all') return listAll(graph, list);
    const { search, limit } = list;
    const after = list.after && (await placeOf(graph, list.after, search));
    const found = await searchNodes(graph, { ...search, limit, offset: 0, after }, signal);
    return { nodes: await jsonOf(graph, found), next: found.next, warnings: found.warnings };
  });
}

async function listAll(
  graph: Graph,
  { limit, after, includeDeleted }: NodeList & { readonly kind: 'all' },
): Promise<ListedNodes> {
  const found = await graph.kept.nodes.list({ limit: limit + 1, includeDeleted, ...(after && { after: after.id }) });
  const jsonWithSpan = async (node: KeptNode) => {
    const { first, last } = (await graph.nodes.span(node)) ?? { first: null, last: null };
    return nodeJson(node, first, last);
  };
  const nodes = await Promise.all(found.slice(0, limit).map(jsonWithSpan));
  const end = found.length > limit ? found[limit - 1] : undefined;
  return { nodes, next: end && { id: end.id, name: '', last: null }, warnings: [] };
}

/** Others may have taken some away meanwhile. */
async function jsonOf({ kept }: Graph, { nodes }: Found): Promise<readonly string[]> {
  const jsonWhereKept = async ({ node: { id }, first, last }: FoundNode) => {
    const node = id == null ? undefined : await kept.nodes.find(id);
    return node === undefined ? [] : [nodeJson(node, first, last)];
  };
  return (await Promise.all(nodes.map(jsonWhereKept))).flat();
}

function nodeJson(node: KeptNode, first: number | null, last: number | null): string {
  return rowJson({ ...keptNodeRow(node), first: isoMoment(first), last: isoMoment(last) });
}

async function placeOf(
  { nodes }: Graph,
  { id, name, last }: ListPlace,
  { sort }: Pick<Search, 'sort'>,
): Promise<SortKey> {
  if (name !== undefined || sort.field !== 'name') return { id, name: name ?? '', last };
  const node = await nodes.find(id);
  if (node !== undefined) return { id, name: node.name ?? '', last };
  throw new AuditError('usage', 'the node at which the last page ended is gone', 'begin anew, without a cursor');
}
