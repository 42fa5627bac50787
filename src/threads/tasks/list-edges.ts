import type { EdgePlace, EdgeQuestion } from '../../model/edge-list.ts';
import { keptEdgeRow, rowJson } from '../../render/kept-record.ts';
import type { TaskShop } from '../task.ts';

/** Some edges as JSON texts, and the place of the last one where there are more. */
export interface ListedEdges {
  readonly edges: readonly string[];
  readonly next: EdgePlace | undefined;
}

/** Lists edges, page by page. */
export function listEdges(question: EdgeQuestion, { desk, signal }: TaskShop<never>): Promise<ListedEdges> {
  return desk.ask(async ({ edgeLists }) => {
    const { edges, next } = await edgeLists.list(question, signal);
    return { edges: edges.map((edge) => rowJson(keptEdgeRow(edge))), next };
  });
}
