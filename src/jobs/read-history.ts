import type { ChangeQuestion, FoundChanges } from '../model/change.ts';
import type { AskGraph } from './ask-graph.ts';

/** Reads the log of changes of a graph. Undefined where nothing was ever written by this program. */
export function readHistory(ask: AskGraph, question: ChangeQuestion): Promise<FoundChanges | undefined> {
  return ask(async (graph) => graph.changes?.find(question));
}
