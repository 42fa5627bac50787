import { describeEdges } from './describe-edges.ts';
import { describeLog } from './describe-log.ts';
import { describeNodes } from './describe-nodes.ts';
import { describeQuestions } from './describe-questions.ts';
import { describeRuns } from './describe-runs.ts';
import { describeStore } from './describe-store.ts';
import { describeVerify } from './describe-verify.ts';
import type { GraphPlace } from './graph-place.ts';

/** What must hold wherever a graph is kept: each place has a test that calls this. */
export function describeGraph(place: GraphPlace): void {
  describeRuns(place);
  describeEdges(place);
  describeLog(place);
  describeQuestions(place);
  describeVerify(place);
  describeStore(place);
  describeNodes(place);
}
