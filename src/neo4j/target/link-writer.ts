import { LinkTally } from '../../model/link-tally.ts';
import type { Link, LinkCounts } from '../../model/linker.ts';
import type { NodeRecord } from '../../model/node.ts';
import { findNodes } from '../found-nodes.ts';
import type { GraphWriter, NodeInsert } from '../graph-writer.ts';
import type { Transaction } from '../transaction.ts';
import { findEnds, type LinkEnds, missingEnd } from './link-ends.ts';

/** What became of the edges of events. */
export interface WrittenLinks {
  /** Of each event, whether all its edges are there now. */
  readonly whole: readonly boolean[];
  readonly counts: LinkCounts;
}

/** Makes the edges of events and the entities they lead to, for one try of a transaction. */
export class LinkWriter {
  readonly #tx: Transaction;
  readonly #writer: GraphWriter;

  constructor(tx: Transaction, writer: GraphWriter) {
    this.#tx = tx;
    this.#writer = writer;
  }

  /**
   * Takes the edges of each event. Where an end of one is not there, no entity is made for it, either. `made` are the handles
   * of nodes that this transaction has made, by their ids.
   */
  async write(events: readonly (readonly Link[])[], made: ReadonlyMap<string, string>): Promise<WrittenLinks> {
    const ends = await findEnds(this.#tx, events.flat(), made);
    const plan = new LinkPlan(ends, this.#writer);
    const whole = events.map((links) => links.map((link) => plan.add(link)).every((isThere) => isThere));
    const handles = new Map([...ends.handles, ...(await this.#makeEntities(plan))]);
    await this.#makeEdges(plan, { handles, made });
    return { whole, counts: plan.tally.counts() };
  }

  async #makeEntities({ entities, tally }: LinkPlan): Promise<ReadonlyMap<string, string>> {
    const made = await this.#writer.insertNodes(entities);
    for (let count = 0; count < made.size; count++) tally.nodeInserted();
    // Somebody else has made them just now.
    const rest = entities.map(({ node }) => node.id).filter((id) => !made.has(id));
    const found = [...(await findNodes(this.#tx, rest, false)).values()];
    return new Map([...made, ...found.map(({ id, handle }) => [id, handle] as const)]);
  }

  async #makeEdges(
    { links, tally }: LinkPlan,
    { handles, made }: { readonly [name in 'handles' | 'made']: ReadonlyMap<string, string> },
  ) {
    const inserts = links.flatMap(({ edge, actor }) => {
      const [from, to] = [handles.get(edge.fromNode), handles.get(edge.toNode)];
      if (from === undefined || to === undefined) return [];
      return [{ edge, from, to, actor, isFresh: made.has(edge.fromNode) || made.has(edge.toNode) }];
    });
    const edges = await this.#writer.insertEdges(inserts);
    for (const { edge } of inserts) {
      if (edges.has(edge.id)) tally.inserted(edge.edgeType);
      else tally.unchanged(edge.edgeType);
    }
  }
}

/** Decides what is made of links, one after the other, as each may lead to entities that those before it have made. */
class LinkPlan {
  readonly tally = new LinkTally();
  readonly entities: NodeInsert[] = [];
  readonly links: Link[] = [];
  readonly #there: Set<string>;
  readonly #edges: Set<string>;
  readonly #writer: GraphWriter;

  constructor({ handles, edges }: LinkEnds, writer: GraphWriter) {
    this.#there = new Set(handles.keys());
    this.#edges = new Set(edges);
    this.#writer = writer;
  }

  /** Whether its edge is there, or will be. */
  add(link: Link): boolean {
    const { edge, entities, actor } = link;
    if (this.#edges.has(edge.id)) {
      this.tally.unchanged(edge.edgeType);
      return true;
    }
    const missing =
      missingEnd(link, (id) => this.#there.has(id)) ?? entities.find((one) => !this.#ensure(one, actor))?.id;
    if (missing !== undefined) {
      this.tally.missing(missing);
      return false;
    }
    this.#edges.add(edge.id);
    this.links.push(link);
    return true;
  }

  /** False where a hook keeps it from being made. */
  #ensure(entity: NodeRecord, actor: string): boolean {
    if (this.#there.has(entity.id)) return true;
    const node = this.#writer.shapeNode(entity, undefined);
    if (node === undefined) return false;
    this.entities.push({ node, actor });
    this.#there.add(entity.id);
    return true;
  }
}
