import { type ExchangeRow, shownValue, valueIn } from '../../model/exchange.ts';
import { type KeptFields, leafOf } from '../../model/leaf.ts';
import type { NodeRecord } from '../../model/node.ts';
import type { EntryStatements } from '../store/entry-statements.ts';
import type { GraphWriter } from '../store/graph-writer.ts';
import type { FoundNode, StoredNodes } from '../stored-nodes.ts';
import type { ExactRows } from './exact-rows.ts';
import { type PlannedRow, type RowPlanner, UNCHANGED } from './planned-row.ts';
import { NotKept } from './row-refusal.ts';

/** What nodes are imported with. */
export interface NodeTools {
  readonly exact: ExactRows;
  readonly stored: StoredNodes;
  readonly graph: GraphWriter;
  readonly entries: EntryStatements;
  /** The key under which the event of an id is recorded. */
  readonly keyOf: (id: string) => string | undefined;
  readonly actor: string;
}

/** What is not what a node says: its id, when it was written, and, told apart from all else, when it was deleted. */
const NOT_CONTENT: ReadonlySet<string> = new Set(['id', 'created_at', 'updated_at', 'deleted_at']);
const BESIDE_CONTENT: ReadonlySet<string> = new Set(['id', 'deleted_at']);

/** Plans the import of nodes. What is recorded of an event stays true: a node that says something else is not let in. */
export class NodePlanner implements RowPlanner {
  readonly #tools: NodeTools;

  constructor(tools: NodeTools) {
    this.#tools = tools;
  }

  plan(given: ExchangeRow): PlannedRow {
    const { stored, graph, exact } = this.#tools;
    const id = shownValue(valueIn(given, 'id')) ?? '';
    const before = stored.find(id);
    const record = recordOf(given, before);
    const shaped = graph.shapeNode(record);
    if (shaped === undefined) return { fault: 'a hook has vetoed the node' };
    const row = shaped === record ? given : withText(given, shaped);
    if (this.#isRecordedOtherwise(record, row, stored.kept)) {
      return { fault: 'the event is recorded already, and says something else' };
    }
    const deletedAt = shownValue(valueIn(row, 'deleted_at')) || undefined;
    if (before === undefined) return { outcome: 'inserted', apply: () => this.#insert(shaped, row, deletedAt) };
    const isSame = exact.isSame(id, row, NOT_CONTENT);
    const isToDelete = deletedAt !== undefined && before.deletedAt === null;
    if (isSame && !isToDelete) return UNCHANGED;
    return {
      outcome: 'updated',
      apply: () => {
        if (!isSame) this.#update(shaped, row, before);
        if (isToDelete) this.#delete(id, deletedAt);
      },
    };
  }

  #insert(node: NodeRecord, row: ExchangeRow, deletedAt: string | undefined): void {
    const { graph, exact, actor } = this.#tools;
    // A trigger of others may have passed it over.
    if (!graph.insertNode(node, actor)) throw new NotKept();
    // A time that is not given is that of the import.
    const absent = ['created_at', 'updated_at'].filter((column) => !valueIn(row, column));
    exact.set(node.id, row, new Set([...BESIDE_CONTENT, ...absent]));
    graph.hidden.show(node.id, node.subtype);
    if (deletedAt !== undefined) this.#delete(node.id, deletedAt);
  }

  #update(node: NodeRecord, row: ExchangeRow, before: FoundNode): void {
    const { graph, exact, actor } = this.#tools;
    graph.updateNode(node, before, actor);
    exact.set(node.id, row, NOT_CONTENT);
  }

  #delete(id: string, deletedAt: string): void {
    this.#tools.graph.softDeleteNode(id, this.#tools.actor, deletedAt);
  }

  #isRecordedOtherwise(record: NodeRecord, row: ExchangeRow, kept: KeptFields): boolean {
    const { entries, keyOf } = this.#tools;
    const key = keyOf(record.id);
    const entry = key === undefined ? undefined : entries.find(key);
    if (entry === undefined) return false;
    const properties = valueIn(row, 'properties') === null ? null : record.properties;
    return entry.leaf !== leafOf({ ...record, properties }, kept);
  }
}

/** A row as a node; what it does not say is as it was. */
function recordOf(row: ExchangeRow, before: FoundNode | undefined): NodeRecord {
  const text = (column: string, was: string | null | undefined) => {
    const value = valueIn(row, column);
    return value === undefined ? (was ?? null) : shownValue(value);
  };
  return {
    id: text('id', undefined) ?? '',
    nodeType: text('node_type', before?.nodeType) ?? '',
    subtype: text('subtype', before?.subtype),
    name: text('name', before?.name) ?? '',
    properties: text('properties', before?.properties) ?? '{}',
    sourceTable: text('source_table', before?.sourceTable),
    sourceId: text('source_id', before?.sourceId),
  };
}

function withText(row: ExchangeRow, { name, properties }: NodeRecord): ExchangeRow {
  const texts = new Map([
    ['name', name],
    ['properties', properties],
  ]);
  return { ...row, values: row.values.map((value, at) => texts.get(row.columns[at] ?? '') ?? value) };
}
