import { spanOfNode } from '../../model/node-view.ts';
import { readProperties } from '../../model/properties.ts';
import type { FoundNode } from '../../model/search.ts';
import type { StoredNodes } from '../stored-nodes.ts';
import type { FindFacts } from './kept-facts.ts';

/** Reads nodes that were found, as they are by now; others may have taken some away meanwhile. */
export function readFound(ids: readonly string[], find: StoredNodes['find'], facts: FindFacts): readonly FoundNode[] {
  return ids.flatMap((id) => {
    const node = find(id);
    if (node === undefined) return [];
    const span = spanOfNode({ properties: readProperties(node.properties), kept: () => facts(id) });
    const { deletedAt, ...said } = node;
    return [{ node: said, first: span?.first ?? null, last: span?.last ?? null, isDeleted: deletedAt !== null }];
  });
}
