import type { ScannedNode } from '../../model/judged-nodes.ts';
import type { LookUp } from './node-lookup.ts';
import type { ListedNodes } from './node-set.ts';

/** Nodes that are looked up by their ids in one step. */
const AT_ONCE = 1000;

/** Visits the nodes of a list, as they are by now. Each step is short. */
export function* visitList(list: ListedNodes, lookUp: LookUp, visit: (node: ScannedNode) => void): Generator<void> {
  for (let after = ''; ; ) {
    const page = list.page(after, AT_ONCE);
    const last = page.at(-1);
    if (last === undefined) return;
    for (const id of page) {
      const found = lookUp(id);
      if (found !== undefined) visit(found);
    }
    after = last;
    yield;
  }
}
