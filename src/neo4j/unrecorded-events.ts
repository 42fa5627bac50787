import { AUDIT_EVENT } from '../model/node.ts';
import { findFacts } from './entry-facts.ts';
import { areFew, type EventCounts, readEventCounts } from './event-counts.ts';
import { type FoundNode, NODE_VALUES, type NodeValues, toFoundNode } from './found-nodes.ts';
import { GRAPH_NODE } from './labels.ts';
import type { Transaction } from './transaction.ts';
import { nodeSources, TYPE_PARAMETERS } from './typed-nodes.ts';

const AT_ONCE = 1000n;
const BEFORE_KEY = `${AUDIT_EVENT}:`;

/**
 * Events of which nothing is recorded: those of others, and those that were written record by record. Of many events whether
 * there are such is told by counts, and what a whole look has found is remembered while these stay the same.
 */
export class UnrecordedEvents {
  /** The counts at which there were none of ours. */
  #none: EventCounts | undefined;

  /** Visits all of them, deleted ones too, page by page. */
  async *pages(tx: Transaction): AsyncGenerator<readonly FoundNode[], void> {
    const counts = await readEventCounts(tx);
    const isThorough = this.#mayBeOurs(counts);
    if (!isThorough && !counts.hasOthers) return;
    let ours = 0;
    const seen = new Set<string>();
    for (const source of nodeSources(AUDIT_EVENT, counts.hasOthers)) {
      const condition = isThorough ? source.condition : `${source.condition} AND NOT n:${GRAPH_NODE}`;
      for await (const page of readPages(tx, source.pattern, condition)) {
        const nodes = page.filter(({ node }) => !seen.has(node.id));
        if (counts.hasOthers) for (const { node } of nodes) seen.add(node.id);
        ours += nodes.filter(({ isOurs }) => isOurs).length;
        yield nodes.map(({ node }) => node);
      }
    }
    if (isThorough) this.#none = ours === 0 ? counts : undefined;
  }

  #mayBeOurs(counts: EventCounts): boolean {
    if (areFew(counts)) return true;
    const isKnown = this.#none?.ours === counts.ours && this.#none.entries === counts.entries;
    return counts.ours !== counts.entries && !isKnown;
  }
}

interface Unrecorded {
  readonly node: FoundNode;
  readonly isOurs: boolean;
}

async function* readPages(
  tx: Transaction,
  pattern: string,
  condition: string,
): AsyncGenerator<readonly Unrecorded[], void> {
  for (let after = ''; ; ) {
    const rows = await tx.run<NodeValues>(
      `MATCH ${pattern} WHERE n.UID > $after AND ${condition} AND NOT EXISTS {
         MATCH (e:AuditEntry) WHERE e.key = substring(n.UID, $begin) AND n.UID STARTS WITH $before }
       WITH n ORDER BY n.UID LIMIT $limit RETURN ${NODE_VALUES}`,
      {
        ...TYPE_PARAMETERS,
        ...{ type: AUDIT_EVENT, after, before: BEFORE_KEY, begin: BigInt(BEFORE_KEY.length), limit: AT_ONCE },
      },
    );
    const nodes = rows.map((row) => ({ node: toFoundNode(row), isOurs: row.labels.includes(GRAPH_NODE) }));
    // The ids of long keys are shortened.
    const facts = await findFacts(
      tx,
      nodes.map(({ node }) => node.id),
    );
    yield nodes.filter(({ node }) => !facts.has(node.id));
    const last = nodes.at(-1);
    if (last === undefined) return;
    after = last.node.id;
  }
}
