import { type EntityNode, entityRecord } from '../../model/entity.ts';
import { AuditError } from '../../model/errors.ts';
import type { GraphEditor, HeldEvent, Holder, Rehanging } from '../../model/graph-editor.ts';
import type { Connection } from '../connection.ts';
import type { EdgeInsert } from '../edge-writer.ts';
import { findNodes } from '../found-nodes.ts';
import type { Transaction } from '../transaction.ts';
import { type WriteSettings, writeOnce } from '../write-once.ts';
import { type FoundEvent, findEvents, lockEvents } from './held-events.ts';
import { Neo4jHoldingReader } from './holding-reader.ts';

/** Events that are hung elsewhere in one transaction, at the most; others wait for them as long. */
const AT_ONCE = 250;
/** So much text may go from edge to edge in it. */
const MOST_TEXT = 1_000_000;

/** Edits a graph on Neo4j. What it changes is no record of ours, so no seal is told. */
export class Neo4jGraphEditor extends Neo4jHoldingReader implements GraphEditor {
  readonly #connection: Connection;
  readonly #settings: WriteSettings;
  readonly #actor: string;

  constructor(connection: Connection, settings: WriteSettings, actor: string) {
    super(connection);
    this.#connection = connection;
    this.#settings = settings;
    this.#actor = actor;
  }

  get longestWriteMs(): number {
    return this.#connection.longestWriteMs;
  }

  makeNode(node: EntityNode): Promise<void> {
    return writeOnce(this.#connection, this.#settings, async ({ tx, writer }) => {
      const record = entityRecord(node);
      if ((await findNodes(tx, [record.id], true)).has(record.id)) return;
      const shaped = writer.shapeNode(record, undefined);
      if (shaped !== undefined) await writer.insertNodes([{ node: shaped, actor: this.#actor }]);
    });
  }

  rehang<Decision extends Rehanging>(
    ids: readonly string[],
    decide: (event: HeldEvent) => Decision,
  ): Promise<readonly (Decision | undefined)[]> {
    const first = ids.slice(0, AT_ONCE);
    return writeOnce(this.#connection, this.#settings, async ({ tx, writer }) => {
      await lockEvents(tx, first);
      const found = await findEvents(tx, first);
      const done = decideSome(first, found, decide);
      const decided = done.flatMap((one) => one ?? []);
      await writer.insertEdges(await this.#insertsOf(tx, decided));
      await this.#requireHung(tx, decided);
      const removed = decided.flatMap(({ event, decision }) =>
        decision.removed.flatMap(({ edge }) => event.edges.get(edge) ?? []),
      );
      await writer.removeEdges(removed, this.#actor);
      return done.map((one) => one?.decision);
    });
  }

  /** Edges from a node to an event that is locked, and has none from there: none can be there. */
  async #insertsOf(tx: Transaction, decided: readonly Decided<Rehanging>[]): Promise<readonly EdgeInsert[]> {
    const nodes = await findNodes(
      tx,
      [...new Set(decided.flatMap(({ decision }) => decision.inserted?.fromNode ?? []))],
      true,
    );
    return decided.flatMap(({ event, decision }) => {
      const edge = decision.inserted;
      if (edge === undefined) return [];
      const from = nodes.get(edge.fromNode)?.handle;
      if (from === undefined) throw this.#gone(edge.fromNode);
      if (event.holders.some((holder) => holder.node === edge.fromNode && !decision.removed.includes(holder)))
        throw this.#taken(edge.id);
      return [{ edge, from, to: event.handle, actor: this.#actor, isFresh: true }];
    });
  }

  /** A node that goes just before an edge is made leaves none, and an event is not to be lost. */
  async #requireHung(tx: Transaction, decided: readonly Decided<Rehanging>[]): Promise<void> {
    const hung = await findEvents(
      tx,
      decided.map(({ event }) => event.id),
    );
    for (const { event, decision } of decided) {
      const node = decision.inserted?.fromNode;
      if (node === undefined) continue;
      if (hung.get(event.id)?.holders.some((holder: Holder) => holder.node === node) !== true) throw this.#gone(node);
    }
  }

  #gone(node: string): AuditError {
    const hint = 'somebody removed it meanwhile; run again, or name another one';
    return new AuditError('node-not-found', `target ${this.path} has no node ${node} any more`, hint);
  }

  #taken(id: string): AuditError {
    const message = `target ${this.path} has another edge under the id ${id}`;
    return new AuditError('target-refuses-writes', message, 'remove that edge, or give it another id');
  }
}

interface Decided<Decision> {
  readonly event: FoundEvent;
  readonly decision: Decision;
}

/** Decides on events until there is enough to be written; undefined for those that are gone. */
function decideSome<Decision extends Rehanging>(
  ids: readonly string[],
  found: ReadonlyMap<string, FoundEvent>,
  decide: (event: HeldEvent) => Decision,
): readonly (Decided<Decision> | undefined)[] {
  const done: (Decided<Decision> | undefined)[] = [];
  let text = 0;
  for (const id of ids) {
    const event = found.get(id);
    const decision = event && decide(event);
    done.push(event && decision && { event, decision });
    text += decision?.inserted?.properties?.length ?? 0;
    if (text > MOST_TEXT) break;
  }
  return done;
}
