import type { AnyExtractor, ExtractorSettings } from '../model/extractor.ts';
import type { Source } from '../model/source.ts';
import type { OpenStaging } from '../model/staging.ts';
import type { Target } from '../model/target.ts';
import type { FlushPace, FlushReading, RangeReading } from './flush-reading.ts';
import type { LinkEvent } from './link-events.ts';

/** Reads a table and folds it flush by flush, in this thread or in another one. */
export type OpenFlushes = (extractor: AnyExtractor, reading: RangeReading, pace: FlushPace) => FlushReading;

/** What a run works with; the engine opens nothing itself. */
export interface Workshop {
  readonly source: Source;
  readonly target: Target;
  readonly openStaging: OpenStaging;
  readonly openFlushes: OpenFlushes;
  readonly settings: ExtractorSettings;
  /** Makes the edges of what is written; undefined where none are wanted. */
  readonly link: LinkEvent | undefined;
  /** Nodes in one transaction, at the most. */
  readonly batchSize: number;
  readonly dryRun: boolean;
  /** Derive everything anew. */
  readonly full: boolean;
  /** Take the source as it is, whatever it has forgotten. */
  readonly acceptSource: boolean;
  /** Remove nodes whose ids a change of the rules for secrets has replaced and, when `full`, delete those whose rows are gone. */
  readonly retire: boolean;
  /** The plan that binds the run. */
  readonly plan: Plan | undefined;
  /** Ends the run between two windows or batches. */
  readonly signal: AbortSignal;
}

/** What a dry run has promised. */
export interface Plan {
  readonly id: string;
  /** The last row that it read, by extractor; undefined where there was none. */
  readonly bounds: ReadonlyMap<string, bigint | undefined>;
}
