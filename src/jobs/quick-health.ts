import { realpathSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { GraphState } from '../model/graph-state.ts';
import type { QuickHealth } from '../model/quick-health.ts';
import { isNeo4jUrl, parseNeo4jAddress } from '../neo4j/neo4j-address.ts';
import { readRunLock } from '../sqlite/target/run-lock.ts';
import type { AskGraph } from './ask-graph.ts';
import { sizeOf } from './size-of.ts';
import { LEAST_ROOM } from './target-findings.ts';

/** A log that has grown larger than this is not emptied: somebody reads without end. */
const LARGEST_LOG = 1024 * 1024 * 1024;

/** How a graph stands, as far as that is seen in the same short time however large it is. Throws where it cannot be read. */
export async function quickHealth(ask: AskGraph, target: string): Promise<QuickHealth> {
  const state = await ask((graph) => graph.state());
  if (isNeo4jUrl(target)) return healthOnServer(state, target);
  const path = realpathSync(target);
  const wal_bytes = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const free_bytes = attempt(() => freeBeside(path));
  const run_in_progress = attempt(() => readRunLock(target).isHeld);
  const warnings = [...warningsOf(state, run_in_progress), ...warningsOfDisk(wal_bytes, free_bytes)];
  return {
    schema: 'audit-extract/health@1',
    status: warnings.length === 0 ? 'ok' : 'degraded',
    target: { path: target },
    bytes: statSync(path).size,
    ...{ wal_bytes, free_bytes, record: state.record, last_run: state.lastRun, run_in_progress, warnings },
  };
}

/** What a server keeps of its files, it keeps to itself. */
function healthOnServer(state: GraphState, target: string): QuickHealth {
  const warnings = warningsOf(state, null);
  return {
    schema: 'audit-extract/health@1',
    status: warnings.length === 0 ? 'ok' : 'degraded',
    target: { path: parseNeo4jAddress(target).shown },
    ...{ bytes: null, wal_bytes: null, free_bytes: null, record: state.record, last_run: state.lastRun },
    ...{ run_in_progress: null, warnings },
  };
}

function warningsOf({ record, problems, lastRun }: GraphState, isRunning: boolean | null): readonly string[] {
  const outcome = lastRun?.outcome ?? (isRunning === false ? 'killed' : 'ok');
  return [
    ...problems.map(({ what }) => what),
    ...(record === 'unknown' ? ['our record in the graph is of a version that this program does not know'] : []),
    ...(lastRun === null || outcome === 'ok' ? [] : [`the last run, ${lastRun.id}, ended with ${outcome}`]),
  ];
}

function warningsOfDisk(log: number, free: number | null): readonly string[] {
  return [
    ...(log > LARGEST_LOG ? [`${sizeOf(log)} are not in the file yet: somebody reads without end`] : []),
    ...(free !== null && free < LEAST_ROOM ? [`${sizeOf(free)} free beside the graph: runs fail on a full disk`] : []),
  ];
}

function freeBeside(path: string): number {
  const { bavail, bsize } = statfsSync(dirname(path));
  return bavail * bsize;
}

/** What the system keeps to itself is not known, and no failure. */
function attempt<Result>(look: () => Result): Result | null {
  try {
    return look();
  } catch {
    return null;
  }
}
