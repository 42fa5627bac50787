/** The library: write an extractor, or run a job from a program of your own. */
export type { RunEvent } from './engine/run-event.ts';
export { builtinExtractors } from './extractors/index.ts';
export { type ExtractJob, extract } from './jobs/extract.ts';
export { AuditError, type ErrorCode, type ErrorSummary } from './model/errors.ts';
export {
  type AnyExtractor,
  type ColumnKind,
  type Columns,
  type Condition,
  type Draft,
  defineExtractor,
  type Extractor,
  type ExtractorSettings,
  type Fold,
  type Lookup,
  type NodeContent,
  type PartialDraft,
  type RowOf,
  type Skip,
  type WholeDraft,
} from './model/extractor.ts';
export { JsonNumber, type JsonObject, type JsonValue } from './model/json.ts';
export type { Change, GraphNode, StoredNode } from './model/node.ts';
export type { Counts, ExtractorReport, RunReport } from './model/report.ts';
