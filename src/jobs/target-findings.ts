import { existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { HealthFinding, RunLockState } from '../model/health.ts';
import { isNeo4jUrl } from '../neo4j/neo4j-address.ts';
import { requireTargetFile } from '../sqlite/check-files.ts';
import { readFileHealth } from '../sqlite/health/file-health.ts';
import { readGraphHealth } from '../sqlite/health/graph-health.ts';
import { readRunLock } from '../sqlite/target/run-lock.ts';
import { askGraph } from './ask-graph.ts';
import { checkTargetPath } from './check-paths.ts';
import type { DoctorJob } from './doctor.ts';
import { judgeFile } from './judge-file.ts';
import { judgeGraph } from './judge-graph.ts';
import { look } from './look.ts';
import { judgeBehind, judgeEdges, judgeLastRun, judgeLock } from './run-findings.ts';
import { findingsOfServer } from './server-findings.ts';
import { sizeOf } from './size-of.ts';
import { readStatus } from './status.ts';

/** With less room on its disk than that, a graph may not be written for long. */
export const LEAST_ROOM = 64 * 1024 * 1024;

/** A source that is not there is no failure of a status. */
const NO_SOURCE = '';

type Asked = Pick<DoctorJob, 'source' | 'origin' | 'isDeep'>;

/** What is to be said of a graph: its file and tables, the runs that write it, its disk. */
export async function findingsOfTarget(path: string, asked: Asked): Promise<readonly HealthFinding[]> {
  if (isNeo4jUrl(path)) return look('target-server', () => findingsOfServer(path));
  const ofPath = await look('target-file', () => {
    checkTargetPath(path);
    if (isAbsent(path)) return [absent(path)];
    requireTargetFile(path);
    return [];
  });
  if (ofPath.some(({ status }) => status === 'error')) return ofPath;
  return [
    ...ofPath,
    ...(ofPath.length > 0 ? [] : await findingsOfGraph(path, asked)),
    ...(await look('target-disk', () => [diskFinding(path)])),
  ];
}

const isAbsent = (path: string): boolean => !existsSync(path) || statSync(path).size === 0;

function absent(path: string): HealthFinding {
  return {
    check: 'target-file',
    status: 'advice',
    what: `${path} is not there yet`,
    todo: 'audit-extract run makes it',
  };
}

async function findingsOfGraph(path: string, asked: Asked): Promise<readonly HealthFinding[]> {
  const { isDeep } = asked;
  const ofFile = await look('target-file', () =>
    judgeFile('target', readFileHealth({ role: 'target', path }, isDeep), isDeep),
  );
  let lock: RunLockState = { isHeld: false };
  const ofLock = await look('run-lock', () => {
    lock = readRunLock(path);
    return [judgeLock(lock)];
  });
  // Where it cannot be opened, its tables would say the same again.
  if (ofFile.some(({ check }) => check === 'target-file')) return [...ofFile, ...ofLock];
  let hasRecord = false;
  const ofTables = await look('target-tables', () => {
    const health = readGraphHealth(path);
    hasRecord = health.record === 'known' && health.hasNodes && health.problems.length === 0;
    return judgeGraph(health);
  });
  const found = [...ofFile, ...ofTables, ...ofLock];
  return hasRecord ? [...found, ...(await findingsOfRecord(path, asked, lock))] : found;
}

async function findingsOfRecord(
  target: string,
  { source, origin }: Asked,
  lock: RunLockState,
): Promise<readonly HealthFinding[]> {
  const status = (from: string | undefined) => readStatus({ source: from ?? NO_SOURCE, origin, target, runs: 1 });
  return [
    ...(await look('last-run', async () => [judgeLastRun(await status(undefined), lock)])),
    ...(await look('behind', async () => judgeBehind(await status(source)))),
    ...(await look('edges', () => askGraph(target)(async ({ records }) => [judgeEdges(await records.openEdges())]))),
  ];
}

/** A backup of the graph has to have room beside it, at the least. */
function diskFinding(path: string): HealthFinding {
  const check = 'target-disk';
  const { bavail, bsize } = statfsSync(dirname(path));
  const free = bavail * bsize;
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const what = `${sizeOf(free)} free beside the graph`;
  if (free < LEAST_ROOM) return { check, status: 'warning', what, todo: 'free some space: runs fail on a full disk' };
  if (free > size) return { check, status: 'ok', what, todo: null };
  return { check, status: 'advice', what, todo: 'keep backups on another disk; there is no room for one here' };
}
