import { recordCleaner } from '../engine/clean-record.ts';
import { cleanSummary } from '../engine/clean-report.ts';
import { edgeReport } from '../engine/edge-report.ts';
import { linkStored } from '../engine/link-stored.ts';
import { payOwed } from '../engine/pay-owed.ts';
import { requireKnownSource } from '../engine/source-identity.ts';
import { withOriginAll } from '../extractors/with-origin.ts';
import { warnOfTrail } from '../graph/choose-trail.ts';
import { checkpointName, checkpointsOf, namesOfCheckpoint } from '../model/checkpoint.ts';
import { type ErrorSummary, summarizeError } from '../model/errors.ts';
import type { AnyExtractor, ExtractorSettings } from '../model/extractor.ts';
import type { GraphDatabase } from '../model/graph-database.ts';
import type { LinkReport } from '../model/link-report.ts';
import { LinkTally, onlyInserted } from '../model/link-tally.ts';
import type { RedactionSettings } from '../model/redaction.ts';
import type { Target } from '../model/target.ts';
import { createRedactor, RECOMMENDED } from '../redaction/create-redactor.ts';
import { openSource } from '../sqlite/source/source.ts';
import { requireSourceFile } from './check-paths.ts';
import { edgeOpening } from './edge-opening.ts';
import type { EdgeSettings } from './extract.ts';
import type { GraphJob } from './graph-job.ts';
import { linkOf } from './link-of.ts';
import { openDatabase } from './open-database.ts';
import { packageVersion } from './package-version.ts';

/** What is to be linked. Paths are absolute. */
export interface LinkJob extends GraphJob {
  /** Where rows are asked for what nodes do not name; undefined where it is not at hand. */
  readonly source: string | undefined;
  readonly extractors: readonly AnyExtractor[];
  readonly settings: ExtractorSettings;
  /** How secrets are kept out; by the recommended rules unless given. */
  readonly redaction?: RedactionSettings | undefined;
  readonly edges: EdgeSettings;
  readonly dryRun: boolean;
}

/** How far it is; the report is the last event. */
export type LinkJobEvent =
  | { readonly type: 'linked'; readonly events: number }
  /** `failure` is what ended it early, stack and all. */
  | { readonly type: 'link-finished'; readonly report: LinkReport; readonly failure?: unknown };

/** Makes the edges of what is recorded in a graph; runs may go on meanwhile. Throws where it could not begin. */
export async function* linkGraph(job: LinkJob): AsyncGenerator<LinkJobEvent, void> {
  const database = await openDatabase(job.target, job.origin, job.signal);
  try {
    yield* linkIn(database, job);
  } finally {
    await database.close();
  }
}

async function* linkIn(database: GraphDatabase, job: LinkJob): AsyncGenerator<LinkJobEvent, void> {
  await database.requireThere();
  if (job.source !== undefined) requireSourceFile(job.source);
  const recorded = await database.openRecordedGraph();
  await recorded.close();
  const startedAt = job.clock();
  const target = await openLinkTarget(database, job, startedAt);
  const tally = new LinkTally();
  const warnings: string[] = [];
  let events = 0;
  const redactor = createRedactor(job.redaction ?? RECOMMENDED);
  let failure: unknown;
  let error: ErrorSummary | undefined;
  try {
    const { links } = target;
    const link = await linkOf(job.edges, target, startedAt);
    if (links === undefined || link === undefined) throw new Error('a target for edges makes none');
    warnings.push(...(await warnOfTrail(links.trails, job.edges.trail)));
    try {
      warnings.push(...warnOfUnrecorded(await links.countUnrecorded()));
      const note = await links.readNote();
      for await (const count of linkStored({ ...job, links, link }, tally)) {
        events = count;
        yield { type: 'linked', events };
      }
      if (!job.dryRun) {
        for await (const warning of linkRows(job, { target, links, link }, tally)) warnings.push(warning);
        if (note !== undefined) await links.dropNote(note);
      }
    } catch (thrown) {
      failure = thrown;
      error = cleanSummary(summarizeError(thrown), redactor);
    }
    yield { type: 'link-finished', report: reportOf(), failure };
  } finally {
    await target.close();
  }

  function reportOf(): LinkReport {
    const finishedAt = Math.max(job.clock(), startedAt);
    return {
      schema: 'audit-extract/link@1',
      dry_run: job.dryRun,
      started_at: new Date(startedAt).toISOString(),
      finished_at: new Date(finishedAt).toISOString(),
      duration_ms: finishedAt - startedAt,
      longest_write_ms: Math.round(target.longestWriteMs),
      target: { path: database.path },
      ...(job.origin !== undefined && { origin: job.origin }),
      ...(job.source !== undefined && { source: { path: job.source } }),
      events,
      edges: edgeReport(tally.counts(), redactor),
      warnings,
      ...(error && { error }),
    };
  }
}

function warnOfUnrecorded(events: number): readonly string[] {
  if (events === 0) return [];
  const are = events === 1 ? '1 event is' : `${events} events are`;
  return [`${are} not recorded, as others wrote them, and got no edges; trail migrate brings such events to the trail`];
}

function openLinkTarget(database: GraphDatabase, job: LinkJob, startedAt: number): Promise<Target> {
  const opening = {
    origins: [],
    now: new Date(startedAt).toISOString(),
    program: `audit-extract ${packageVersion()}`,
    patience: { waitMs: job.waitMs ?? 0, signal: job.signal },
    cleaner: recordCleaner(createRedactor(job.redaction ?? RECOMMENDED)),
    hooks: job.hooks ?? [],
    isRun: false,
    edges: edgeOpening(job.edges),
  };
  return job.dryRun ? database.openTargetForDryRun(opening) : database.openTarget(opening);
}

function warnOfOther(origin: string | undefined): string {
  const [whose, flag] =
    origin === undefined ? ['without an origin', 'without --origin'] : [`of ${origin}`, `with --origin ${origin}`];
  return `nodes ${whose} name the first few of their agents and tasks alone; give their --source, ${flag}, to link the others too`;
}

/** Edges that only rows can tell. Yields why they could not be made, where they could not. */
async function* linkRows(
  job: LinkJob,
  { target, ...shop }: Pick<Parameters<typeof payOwed>[2], 'links' | 'link'> & { readonly target: Target },
  tally: LinkTally,
): AsyncGenerator<string, void> {
  const owingOf = async (origin: string | undefined) => {
    const owing: AnyExtractor[] = [];
    for (const extractor of withOriginAll(job.extractors, origin)) {
      const [owed] = await shop.links.readOwed(extractor.prefix, '', 1);
      if (owed !== undefined) owing.push(extractor);
    }
    return owing;
  };
  const checkpoints = await target.readCheckpoints();
  for (const other of new Set(checkpoints.map((checkpoint) => namesOfCheckpoint(checkpoint).origin))) {
    if (other !== job.origin && (await owingOf(other)).length > 0) yield warnOfOther(other);
  }
  const owing = await owingOf(job.origin);
  if (owing.length === 0) return;
  if (job.source === undefined) {
    for (const { name } of owing) {
      yield `${name}: nodes name the first few of their agents and tasks alone; give --source to link the others too`;
    }
    return;
  }
  const redactor = createRedactor(job.redaction ?? RECOMMENDED);
  const source = openSource(job.source, { redactor });
  try {
    requireKnownSource(source, checkpointsOf(job.origin, checkpoints));
    for (const extractor of owing) {
      if (!source.hasTable(extractor.table)) continue;
      const checkpoint = await target.readCheckpoint(checkpointName(extractor));
      for await (const { counts } of payOwed(extractor, checkpoint, { ...job, ...shop, source })) {
        tally.add(onlyInserted(counts));
      }
    }
  } finally {
    source.close();
  }
}
