import type { Entry } from '../../model/entry.ts';
import { type ExchangeRow, shownValue, valueIn } from '../../model/exchange.ts';
import { nodeId, withoutPrefix } from '../../model/key.ts';
import { AUDIT_EVENT, type GraphNode } from '../../model/node.ts';
import { textToIndex } from '../../model/node-texts.ts';
import { readProperties } from '../../model/properties.ts';
import type { EntryStatements } from '../store/entry-statements.ts';
import type { GraphWriter } from '../store/graph-writer.ts';
import type { FoundNode, StoredNodes } from '../stored-nodes.ts';
import type { LeafChange } from '../target/fingerprint.ts';
import type { ExactRows } from './exact-rows.ts';
import { type PlannedRow, type RowPlanner, UNCHANGED } from './planned-row.ts';

/** What records of events are imported with. */
export interface EntryTools {
  readonly exact: ExactRows;
  readonly entries: EntryStatements;
  readonly stored: StoredNodes;
  readonly graph: GraphWriter;
  /** Is told of each record that comes in. */
  readonly touch: (change: LeafChange) => void;
}

const NONE: ReadonlySet<string> = new Set();

/** Plans the import of what is recorded of events, with all that they are found and counted by. */
export class EntryPlanner implements RowPlanner {
  readonly #tools: EntryTools;

  constructor(tools: EntryTools) {
    this.#tools = tools;
  }

  plan(row: ExchangeRow): PlannedRow {
    const key = shownValue(valueIn(row, 'key')) ?? '';
    const { entries, exact } = this.#tools;
    if (entries.find(key) === undefined) return { outcome: 'inserted', apply: () => this.#insert(key, row) };
    return exact.isSame(key, row, NONE) ? UNCHANGED : { fault: 'the event is recorded already, with other content' };
  }

  #insert(key: string, row: ExchangeRow): void {
    const { entries, stored, graph, touch } = this.#tools;
    const node = stored.find(nodeId(AUDIT_EVENT, key));
    const entry = entryOf(key, row, node, graph.index.kinds.subtypeOf(key, node?.subtype));
    const leaf = shownValue(valueIn(row, 'leaf')) ?? '';
    const id = entries.insert(entry, leaf, { run: 0, linked: 0 });
    if (id === undefined) throw new Error(`an entry ${key} is there, though none was found`);
    graph.index.add(id, entry);
    // Of a node that is not there, or not counted, nothing is counted.
    if (node === undefined || node.deletedAt !== null) graph.hidden.hide(entry.node.id, entry.node.subtype);
    touch({ key, leaf, before: undefined });
  }
}

function entryOf(key: string, row: ExchangeRow, stored: FoundNode | undefined, subtype: string): Entry {
  const text = (column: string) => shownValue(valueIn(row, column));
  const number = (column: string) => {
    const value = valueIn(row, column);
    return typeof value === 'bigint' ? Number(value) : null;
  };
  const node: GraphNode = {
    id: nodeId(AUDIT_EVENT, key),
    nodeType: AUDIT_EVENT,
    subtype,
    name: stored?.name ?? '',
    properties: stored?.properties ?? '{}',
    sourceTable: stored?.sourceTable ?? null,
    sourceId: stored?.sourceId ?? withoutPrefix(key),
  };
  const [what, how] = [text('what'), text('how')];
  const words = textToIndex({ name: node.name, properties: readProperties(node.properties) }, what, how);
  return {
    key,
    drafts: number('drafts') ?? 0,
    known: 0,
    state: text('state'),
    node,
    facets: {
      ...{ first: number('first'), last: number('last'), session: text('session'), user: text('user') },
      ...{ what, how, text: words, days: text('days') },
    },
  };
}
