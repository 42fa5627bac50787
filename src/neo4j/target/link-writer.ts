import { LinkTally } from '../../model/link-tally.ts';
import type { Link, LinkCounts } from '../../model/linker.ts';
import type { NodeRecord } from '../../model/node.ts';
import { findNodes } from '../found-nodes.ts';
import type { EventEdgeInsert, GraphWriter, NodeInsert } from '../graph-writer.ts';
import type { Transaction } from '../transaction.ts';
import { Collision } from '../translate-error.ts';
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
  return { whole, write: () => writeLinks({ tx, writer, plan, fresh, made }, handles) };
}

/** What is to be made, and by what. */
interface LinkWork {
  readonly tx: Transaction;
  readonly writer: GraphWriter;
  readonly plan: LinkPlan;
  readonly fresh: readonly NodeInsert[];
  /** Their ids. */
  readonly made: ReadonlySet<string>;
}

/** Makes what was planned; `found` are the handles of the ends that are there. */
async function writeLinks(work: LinkWork, found: ReadonlyMap<string, string>): Promise<LinkCounts> {
  const handles = new Map([...found, ...(await makeEntities(work))]);
  await makeEdges(work, await makeEvents(work, handles), handles);
  return work.plan.tally.counts();
}

async function makeEntities({ tx, writer, plan }: LinkWork): Promise<ReadonlyMap<string, string>> {
  const made = await writer.insertNodes(plan.entities);
  for (let count = 0; count < made.size; count++) plan.tally.nodeInserted();
  // Somebody else has made them just now.
  const rest = plan.entities.map(({ node }) => node.id).filter((id) => !made.has(id));
  const found = [...(await findNodes(tx, rest, false)).values()];
  return new Map([...made, ...found.map(({ id, handle }) => [id, handle] as const)]);
}

/** Makes the fresh events with those edges whose other ends have handles; gives the rest of the edges. */
async function makeEvents(
  { writer, plan, fresh, made }: LinkWork,
  handles: ReadonlyMap<string, string>,
): Promise<readonly Link[]> {
  const attached: EventEdgeInsert[] = [];
  const rest = plan.links.filter(({ edge, actor }) => {
    const [event, end] = made.has(edge.fromNode) ? [edge.fromNode, edge.toNode] : [edge.toNode, edge.fromNode];
    const other = handles.get(end);
    if (!made.has(event) || other === undefined) return true;
    attached.push({ edge, actor, event, other });
    return false;
  });
  await writer.insertEvents(fresh, attached);
  for (const { edge } of attached) plan.tally.inserted(edge.edgeType);
  return rest;
}

async function makeEdges(
  { tx, writer, plan }: LinkWork,
  links: readonly Link[],
  known: ReadonlyMap<string, string>,
): Promise<void> {
  const ends = new Set(links.flatMap(({ edge: { fromNode, toNode } }) => [fromNode, toNode]));
  // Two events may be made with each other, and are found only now.
  const unknown = [...ends].filter((id) => !known.has(id));
  const found = await findNodes(tx, unknown, false);
  const handleOf = (id: string) => known.get(id) ?? found.get(id)?.handle;
  const inserts = links.map(({ edge, actor }) => {
    const [from, to] = [handleOf(edge.fromNode), handleOf(edge.toNode)];
    if (from === undefined || to === undefined) throw new Collision();
    return { edge, from, to, actor };
  });
  const edges = await writer.insertEdges(inserts);
  for (const { edge } of inserts) {
    if (edges.has(edge.id)) plan.tally.inserted(edge.edgeType);
    else plan.tally.unchanged(edge.edgeType);
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
