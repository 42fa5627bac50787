import { type ExchangeRow, shownValue, valueIn } from '../../model/exchange.ts';
import type { GraphWriter } from '../store/graph-writer.ts';
import type { StoredEdges } from '../stored-edges.ts';
import type { ExactRows } from './exact-rows.ts';
import { type PlannedRow, type RowPlanner, UNCHANGED } from './planned-row.ts';
import { NotKept } from './row-refusal.ts';

/** What edges are imported with. */
export interface EdgeTools {
  readonly exact: ExactRows;
  /** Undefined where the graph has no table of edges yet. */
  readonly stored: StoredEdges | undefined;
  readonly graph: GraphWriter;
  /** Whether a node is there, or comes in before. */
  readonly hasNode: (id: string) => boolean;
  readonly actor: string;
}

const NOT_CONTENT: ReadonlySet<string> = new Set(['id', 'created_at', 'updated_at']);

/** Plans the import of edges. */
export class EdgePlanner implements RowPlanner {
  readonly #tools: EdgeTools;

  constructor(tools: EdgeTools) {
    this.#tools = tools;
  }

  plan(row: ExchangeRow): PlannedRow {
    const { stored, exact, graph, hasNode, actor } = this.#tools;
    const text = (column: string) => shownValue(valueIn(row, column)) ?? '';
    const [id, edgeType, fromNode, toNode] = [text('id'), text('edge_type'), text('from_node'), text('to_node')];
    const missing = [fromNode, toNode].find((end) => !hasNode(end));
    if (missing !== undefined) return { fault: `node ${missing}, at an end of the edge, is not there` };
    const before = stored?.find(id);
    const given = valueIn(row, 'properties');
    const properties = given === undefined ? (before?.properties ?? null) : shownValue(given);
    const edge = { id, edgeType, fromNode, toNode, properties };
    if (before === undefined) {
      return {
        outcome: 'inserted',
        apply: () => {
          // A trigger of others may have passed it over.
          if (!graph.insertEdge(edge, actor)) throw new NotKept();
          const absent = ['created_at', 'updated_at'].filter((column) => !valueIn(row, column));
          exact.set(id, row, new Set(['id', ...absent]));
        },
      };
    }
    if (before.edgeType !== edgeType || before.fromNode !== fromNode || before.toNode !== toNode) {
      return { fault: 'there is another edge of this id' };
    }
    if (exact.isSame(id, row, NOT_CONTENT)) return UNCHANGED;
    return {
      outcome: 'updated',
      apply: () => {
        graph.updateEdge(edge, before, actor);
        exact.set(id, row, NOT_CONTENT);
      },
    };
  }
}
