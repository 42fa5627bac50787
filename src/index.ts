/** The library: write an extractor or a linker, run a job, log actions or tidy the trail from a program of your own. */
export type { RunEvent } from './engine/run-event.ts';
export { builtinExtractors } from './extractors/index.ts';
export { type BootstrapOptions, bootstrap } from './jobs/bootstrap.ts';
export { type EnsureAuditTrailOptions, ensureAuditTrail } from './jobs/ensure-trail.ts';
export { type EdgeSettings, type ExtractJob, extract } from './jobs/extract.ts';
export { type LinkJob, type LinkJobEvent, linkGraph } from './jobs/link.ts';
export { type LogUserActionOptions, logUserAction } from './jobs/log-user-action.ts';
export { type MigrateEvent, type MigrateJob, migrateTrail } from './jobs/migrate-trail.ts';
export { builtinLinkers } from './linkers/index.ts';
export type { ChangeQuestion, ChangeRecord, FoundChanges, Operation } from './model/change.ts';
export { type EntityNode, entityNode } from './model/entity.ts';
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
export type { DayCount, Facets } from './model/facets.ts';
export type {
  EdgeInput,
  GraphStore,
  KeptEdge,
  KeptNode,
  ListQuestion,
  NodeInput,
  Records,
} from './model/graph-store.ts';
export { type Hook, VETO } from './model/hook.ts';
export { JsonNumber, type JsonObject, type JsonValue } from './model/json.ts';
export type { LinkReport } from './model/link-report.ts';
export type { EdgeDraft, EdgeEnd, LinkContext, LinkedEvent, Linker } from './model/linker.ts';
export type { Change, GraphNode, NodeRecord, StoredNode } from './model/node.ts';
export type { RedactionSettings, SecretPattern } from './model/redaction.ts';
export type { Counts, EdgeReport, ExtractorReport, RunReport } from './model/report.ts';
export type { MigrationReport } from './model/trail-migration.ts';
export type { UserAction } from './model/user-action.ts';
