import type { GraphHealth } from './health.ts';
import type { PastRun } from './status.ts';

/** How a graph stands, as far as that takes the same short time however large it is. */
export interface GraphState extends Pick<GraphHealth, 'record' | 'problems'> {
  /** The last run that changed something; null where there was none. */
  readonly lastRun: PastRun | null;
}
