import { checkChain } from '../engine/check-chain.ts';
import { recordCleaner } from '../engine/clean-record.ts';
import { requireKnownOrigin } from '../engine/origin-guard.ts';
import type { RunEvent } from '../engine/run-event.ts';
import { requireKnownSource } from '../engine/source-identity.ts';
import { type Verified, verify } from '../engine/verify.ts';
import { withOriginAll } from '../extractors/with-origin.ts';
import { checkpointsOf } from '../model/checkpoint.ts';
import { AuditError, type ErrorSummary, summarizeError } from '../model/errors.ts';
import type { AnyExtractor, ExtractorSettings } from '../model/extractor.ts';
import type { GraphDatabase } from '../model/graph-database.ts';
import { nodeHooks } from '../model/node-hooks.ts';
import type { RecordedGraph } from '../model/recorded-graph.ts';
import type { RedactionSettings } from '../model/redaction.ts';
import { headOf } from '../model/seal.ts';
import { noCounts, type SealVerification, type VerifyReport } from '../model/verification.ts';
import { createRedactor, RECOMMENDED } from '../redaction/create-redactor.ts';
import { openSource } from '../sqlite/source/source.ts';
import { openStaging } from '../sqlite/source/staging.ts';
import { requireSourceFile } from './check-paths.ts';
import { flushReaderOf } from './flush-reader.ts';
import type { GraphJob } from './graph-job.ts';
import { openDatabase } from './open-database.ts';
import { requireTables } from './require-tables.ts';
import { withDatabase } from './with-database.ts';

/** What is to be verified. Paths are absolute. */
export interface VerifyJob extends GraphJob {
  readonly source: string;
  readonly extractors: readonly AnyExtractor[];
  readonly settings: ExtractorSettings;
  /** How secrets were kept out; by the recommended rules unless given. */
  readonly redaction?: RedactionSettings | undefined;
  /** Nodes against the source, whole or so many of them; or the chain of seals alone. */
  readonly nodes: 'all' | 'none' | number;
  /** A head of the chain that was kept elsewhere. */
  readonly expected: string | undefined;
  readonly windowRows?: number;
}

/** A graph that others write meanwhile may have to be looked at again, so many times. */
const TRIES = 3;

/** What happens meanwhile; the report is the last event. */
export type VerifyEvent = RunEvent | { readonly type: 'verified'; readonly report: VerifyReport };

/** Verifies a graph while others use it: nothing is written, and no lock is held for long. */
export async function* verifyGraph(job: VerifyJob): AsyncGenerator<VerifyEvent, void> {
  const database = await openDatabase(job.target, job.origin, job.signal);
  try {
    yield* verifyIn(database, { ...job, target: database.path });
  } finally {
    await database.close();
  }
}

async function* verifyIn(database: GraphDatabase, job: VerifyJob): AsyncGenerator<VerifyEvent, void> {
  const startedAt = job.clock();
  await database.requireThere();
  if (job.nodes !== 'none') requireSourceFile(job.source);
  const graph = await database.openRecordedGraph();
  try {
    for (let tries = 1; ; tries++) {
      const head = await graph.headSeal();
      const verified = job.nodes === 'none' ? undefined : yield* verifyNodes(job, graph, job.nodes);
      const seals = cleanSeals(await checkChain(graph, job.expected), job);
      const error = errorOf(job, verified, seals);
      const headNow = await graph.headSeal();
      const hasMoved = headNow?.seal !== head?.seal;
      if (error === undefined || !hasMoved) {
        yield { type: 'verified', report: reportOf(job, startedAt, verified, seals, error) };
        return;
      }
      if (tries === TRIES) throw busyError(job);
    }
  } finally {
    await graph.close();
  }
}

/** What a link says of itself may be anybody's. */
function cleanSeals(seals: SealVerification, { redaction = RECOMMENDED }: VerifyJob): SealVerification {
  return seals.broken === undefined ? seals : { ...seals, broken: createRedactor(redaction).clean(seals.broken) };
}

async function* verifyNodes(job: VerifyJob, graph: RecordedGraph, nodes: 'all' | number) {
  const { redaction = RECOMMENDED } = job;
  const redactor = createRedactor(redaction);
  const source = openSource(job.source, { ...job, redactor });
  try {
    const extractors = withOriginAll(job.extractors, job.origin);
    requireTables(source, extractors);
    const checkpoints = await graph.readCheckpoints();
    requireKnownOrigin(job.origin, checkpoints);
    requireKnownSource(source, checkpointsOf(job.origin, checkpoints));
    const openFlushes = flushReaderOf(
      { source, openStaging },
      { windowRows: job.windowRows, waitMs: job.waitMs, kept: graph.keptFields, redaction },
    );
    const sample = nodes === 'all' ? undefined : nodes;
    const cleaner = recordCleaner(createRedactor(redaction));
    const hooks = nodeHooks(job.hooks ?? [], cleaner);
    return yield* verify({
      ...job,
      extractors,
      origin: job.origin,
      source,
      graph,
      openStaging,
      openFlushes,
      sample,
      hooks,
    });
  } finally {
    source.close();
  }
}

function reportOf(
  job: VerifyJob,
  startedAt: number,
  verified: Verified | undefined,
  seals: SealVerification,
  error: ErrorSummary | undefined,
): VerifyReport {
  const { findings, warnings, fingerprint } = verified ?? {};
  return {
    schema: 'audit-extract/verify@1',
    agrees: error === undefined,
    started_at: new Date(startedAt).toISOString(),
    finished_at: new Date(Math.max(job.clock(), startedAt)).toISOString(),
    ...(job.origin !== undefined && { origin: job.origin }),
    source: { path: job.source },
    target: { path: job.target },
    ...(fingerprint !== undefined && { fingerprint }),
    totals: findings?.totals() ?? noCounts,
    extractors: (findings?.extractors() ?? []).map(([name, counts]) => {
      const warning = warnings?.get(name);
      return { name, ...counts, ...(warning !== undefined && { warning }) };
    }),
    findings: findings?.listed ?? [],
    findings_left_out: findings?.leftOut ?? 0,
    seals,
    ...(error && { error }),
  };
}

/** Nodes first: a chain that does not fit them follows from that. */
function errorOf(
  { source, target }: VerifyJob,
  verified: Verified | undefined,
  { broken }: SealVerification,
): ErrorSummary | undefined {
  const { missing, extra, altered } = verified?.findings.totals() ?? noCounts;
  const nodes = missing + extra + altered;
  const hint =
    'run --full writes again what the source says, with --accept-source even where it has lost rows; a backup has what was lost';
  if (nodes > 0) {
    const counts = `${missing} missing, ${extra} extra, ${altered} altered`;
    return summarizeError(
      new AuditError('verify-disagrees', `target ${target} and source ${source} disagree: ${counts}`, hint),
    );
  }
  if (broken === undefined) return undefined;
  const message = `the seals of target ${target} do not hold: ${broken}`;
  const sealHint = 'somebody wrote past this program: compare with a backup, and with seals kept elsewhere';
  return summarizeError(new AuditError('verify-disagrees', message, sealHint));
}

function busyError({ target }: VerifyJob): AuditError {
  const message = `target ${target} was written by runs while it was verified, ${TRIES} times`;
  return new AuditError('run-busy', message, 'verify again when they are done');
}

/** The last seal of a graph in one line, on a server that of one origin; undefined where nothing was sealed yet. */
export function readHead(target: string, origin?: string): Promise<string | undefined> {
  const read = async (database: GraphDatabase) => {
    await database.requireThere();
    const graph = await database.openRecordedGraph();
    try {
      const head = await graph.headSeal();
      return head && headOf(head);
    } finally {
      await graph.close();
    }
  };
  return withDatabase(target, read, { origin });
}
