import { LinkTally } from '../../model/link-tally.ts';
import type { Link, LinkCounts } from '../../model/linker.ts';
import type { NodeRecord } from '../../model/node.ts';
import { findNodes } from '../found-nodes.ts';
import type { EventEdgeInsert, GraphWriter, NodeInsert } from '../graph-writer.ts';
import type { Transaction } from '../transaction.ts';
import { findEnds, missingEnd } from './link-ends.ts';

/** The edges of events as they are to be made, in one try of a transaction. */
export interface PlannedLinks {
  /** Of each event, whether all its edges are there then. */
  readonly whole: readonly boolean[];
  write(): Promise<LinkCounts>;
}

/**
 * Decides on the edges of each event and the entities they lead to. Where an end of one is not there, no entity is made for it,
 * either. `fresh` are those events that are not there, and are made with their edges.
 */
export async function planLinks(
  tx: Transaction,
  writer: GraphWriter,
  events: readonly (readonly Link[])[],
  fresh: readonly NodeInsert[],
): Promise<PlannedLinks> {
  const made = new Set(fresh.map(({ node }) => node.id));
  const { handles, edges } = await findEnds(tx, events.flat(), made);
  const plan = new LinkPlan([...handles.keys(), ...made], edges, writer);
  const whole = events.map((links) => links.map((link) => plan.add(link)).every((isThere) => isThere));
  return { whole, write: () => new LinkWriter(tx, writer).write(plan, fresh, handles) };
}

/** Makes what was planned. */
class LinkWriter {
  readonly #tx: Transaction;
  readonly #writer: GraphWriter;

  constructor(tx: Transaction, writer: GraphWriter) {
    this.#tx = tx;
    this.#writer = writer;
  }

  async write(plan: LinkPlan, fresh: readonly NodeInsert[], found: ReadonlyMap<string, string>): Promise<LinkCounts> {
    const handles = new Map([...found, ...(await this.#makeEntities(plan))]);
    const rest = await this.#makeEvents(plan, fresh, handles);
    await this.#makeEdges(plan, rest, handles);
    return plan.tally.counts();
  }

  async #makeEntities({ entities, tally }: LinkPlan): Promise<ReadonlyMap<string, string>> {
    const made = await this.#writer.insertNodes(entities);
    for (let count = 0; count < made.size; count++) tally.nodeInserted();
    // Somebody else has made them just now.
    const rest = entities.map(({ node }) => node.id).filter((id) => !made.has(id));
    const found = [...(await findNodes(this.#tx, rest, false)).values()];
    return new Map([...made, ...found.map(({ id, handle }) => [id, handle] as const)]);
  }

  /** Makes the fresh events with those edges whose other ends have handles; gives the rest of the edges. */
  async #makeEvents(
    { links, tally }: LinkPlan,
    fresh: readonly NodeInsert[],
    handles: ReadonlyMap<string, string>,
  ): Promise<readonly Link[]> {
    const made = new Set(fresh.map(({ node }) => node.id));
    const attached: EventEdgeInsert[] = [];
    const rest = links.filter(({ edge, actor }) => {
      const [event, end] = made.has(edge.fromNode) ? [edge.fromNode, edge.toNode] : [edge.toNode, edge.fromNode];
      const other = handles.get(end);
      if (!made.has(event) || other === undefined) return true;
      attached.push({ edge, actor, event, other });
      return false;
    });
    await this.#writer.insertEvents(fresh, attached);
    for (const { edge } of attached) tally.inserted(edge.edgeType);
    return rest;
  }

  async #makeEdges({ tally }: LinkPlan, links: readonly Link[], known: ReadonlyMap<string, string>) {
    const ends = new Set(links.flatMap(({ edge: { fromNode, toNode } }) => [fromNode, toNode]));
    // Two events may be made with each other, and are found only now.
    const found = await findNodes(
      this.#tx,
      [...ends].filter((id) => !known.has(id)),
      false,
    );
    const handleOf = (id: string) => known.get(id) ?? found.get(id)?.handle;
    const inserts = links.flatMap(({ edge, actor }) => {
      const [from, to] = [handleOf(edge.fromNode), handleOf(edge.toNode)];
      return from === undefined || to === undefined ? [] : [{ edge, from, to, actor, isFresh: false }];
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

  constructor(there: Iterable<string>, edges: ReadonlySet<string>, writer: GraphWriter) {
    this.#there = new Set(there);
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
