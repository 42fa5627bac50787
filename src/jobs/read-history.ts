import type { ChangeQuestion, FoundChanges } from '../model/change.ts';
import { askGraph } from './ask-graph.ts';

/** Reads the log of changes of the graph at a path. Undefined where nothing was ever written by this program. */
export function readHistory(target: string, question: ChangeQuestion): Promise<FoundChanges | undefined> {
  return askGraph(target, (graph) => graph.changes?.find(question));
}
