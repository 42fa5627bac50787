import { recordCleaner } from '../engine/clean-record.ts';
import { chooseTrail, findTrail, noTrail } from '../graph/choose-trail.ts';
import { ensureAuditTrail } from '../graph/ensure-audit-trail.ts';
import { migrateEvents } from '../graph/migrate-events.ts';
import { MigrationTally } from '../graph/migration-tally.ts';
import { type ErrorSummary, summarizeError } from '../model/errors.ts';
import type { GraphDatabase } from '../model/graph-database.ts';
import type { GraphEditor, HoldingReader } from '../model/graph-editor.ts';
import { interruption } from '../model/interruption.ts';
import { AUDIT_EVENT } from '../model/node.ts';
import type { MigrationReport } from '../model/trail-migration.ts';
import { createRedactor, RECOMMENDED } from '../redaction/create-redactor.ts';
import { currentUser } from './current-user.ts';
import type { GraphJob } from './graph-job.ts';
import { openDatabase } from './open-database.ts';
import { reportMigration } from './report-migration.ts';

/** Which events are to come to which trail. The path is absolute. */
export interface MigrateJob extends GraphJob {
  /** The graph's own, made where there is none, unless named; a named one has to be there. */
  readonly trail?: string | undefined;
  /** The types of nodes that events come from; `CDocs` unless named. */
  readonly from?: readonly string[] | undefined;
  readonly dryRun: boolean;
}

/** How far it is; the report is the last event. */
export type MigrateEvent =
  | { readonly type: 'migrated'; readonly events: number }
  | { readonly type: 'migration-finished'; readonly report: MigrationReport };

/**
 * Brings events that hang elsewhere, or on nothing, to a trail; runs may go on meanwhile. Throws where the graph cannot be
 * opened; whatever fails later is in the report.
 */
export async function* migrateTrail(job: MigrateJob): AsyncGenerator<MigrateEvent, void> {
  const database = await openDatabase(job.target, undefined, job.signal);
  try {
    yield* migrateIn(database, job);
  } finally {
    await database.close();
  }
}

async function* migrateIn(database: GraphDatabase, job: MigrateJob): AsyncGenerator<MigrateEvent, void> {
  await database.requireThere();
  const now = new Date(job.clock()).toISOString();
  const { reader, editor } = await openGraph(database, job, now);
  const tally = new MigrationTally();
  let trail: string | undefined;
  let error: ErrorSummary | undefined;
  let longestWriteMs = 0;
  const warnings: string[] = [];
  const from = new Set(job.from ?? USUAL_FROM);
  try {
    try {
      warnings.push(...(await strangeTypes(reader, job.from)));
      trail = await trailOf(job, { reader, editor }, now);
      for await (const _ of migrateEvents({ reader, editor }, { trail, from, now }, tally)) {
        yield { type: 'migrated', events: tally.counts().events_migrated };
        if (job.signal.aborted) throw interruption(job.signal);
      }
    } catch (thrown) {
      error = summarizeError(thrown);
    }
    longestWriteMs = editor?.longestWriteMs ?? 0;
  } finally {
    await reader.close();
  }
  const outcome = { trail, counts: tally.counts(), error, longestWriteMs, warnings };
  yield { type: 'migration-finished', report: reportMigration({ target: database.path, dryRun: job.dryRun }, outcome) };
}

/** Where events hang in the graphs that this began with. */
const USUAL_FROM = ['CDocs'];
/** What events are called there; here they are nodes of one type alone. */
const THEIR_EVENT = 'AuditEvent';

/** What is to be said of types: of those that were named and are not there, and of events that are none here. */
async function strangeTypes(reader: HoldingReader, named: readonly string[] = []): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const type of named) if (!(await reader.hasNodeOf(type))) missing.push(`no node is of type ${type}`);
  if (!(await reader.hasNodeOf(THEIR_EVENT))) return missing;
  return [...missing, `nodes of type ${THEIR_EVENT} were left, as events are nodes of type ${AUDIT_EVENT}`];
}

interface Opened {
  readonly reader: HoldingReader;
  readonly editor: GraphEditor | undefined;
}

async function openGraph(database: GraphDatabase, job: MigrateJob, now: string): Promise<Opened> {
  if (job.dryRun) return { reader: await database.openHoldingReader(), editor: undefined };
  const patience = { waitMs: job.waitMs ?? 0, signal: job.signal };
  const { actor = currentUser(), hooks = [] } = job;
  const cleaner = recordCleaner(createRedactor(RECOMMENDED));
  const editor = await database.openEditor({ now, actor, cleaner, hooks, patience });
  return { reader: editor, editor };
}

async function trailOf(job: MigrateJob, { reader, editor }: Opened, now: string): Promise<string> {
  const found = await findTrail(reader.trails, job.trail);
  if (found !== undefined) return found;
  if (editor !== undefined) return ensureAuditTrail(editor, undefined, now);
  const chosen = await chooseTrail(reader.trails, undefined, now);
  if ('nodeType' in chosen && (await reader.trails.isTaken(chosen.id))) throw noTrail(chosen.id);
  return chosen.id;
}
