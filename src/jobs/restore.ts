import { existsSync, rmSync } from 'node:fs';
import { throwIfInterrupted } from '../engine/interrupt.ts';
import { AuditError } from '../model/errors.ts';
import type { CopyProgress, RestoreReport } from '../model/graph-copy.ts';
import { replaceGraph } from '../sqlite/copies/replace-graph.ts';
import { makeGraphFile } from '../sqlite/store/make-graph.ts';
import { acquireRunLock } from '../sqlite/target/run-lock.ts';
import { requireBackup } from './check-backup-paths.ts';
import { checkTargetPath, requireFileTarget } from './check-paths.ts';
import { makeFileBeside } from './file-beside.ts';
import type { GraphJob } from './graph-job.ts';
import { planRestore, type RestorePlan, requireNothingLost } from './plan-restore.ts';

/** Which backup is to take the place of what a graph holds. Paths are absolute. */
export interface RestoreJob extends Omit<GraphJob, 'actor'> {
  readonly file: string;
  readonly dryRun: boolean;
  /** Whether it is known that all of the present state goes, that of other programs too. */
  readonly isConfirmed: boolean;
  /** Whether SQLite checks every page of the backup first; it does unless told not to. */
  readonly integrityCheck?: boolean | undefined;
  readonly onProgress?: (progress: CopyProgress) => void;
}

const START_ANEW = 'nothing was changed; start it again';

/** Restores a backup into the live file, and keeps what was there beside it. Throws where it cannot; nothing is changed then. */
export async function restoreGraph(job: RestoreJob): Promise<RestoreReport> {
  const { target, file, signal, waitMs = 0 } = job;
  requireFileTarget(target, 'restore', 'load a dump with neo4j-admin database load');
  checkTargetPath(target);
  requireBackup(file, target);
  const plan = (): RestorePlan => {
    job.onProgress?.({ phase: 'checking' });
    return planRestore(target, file, job.integrityCheck ?? true);
  };
  try {
    if (job.dryRun) return plan().report;
    if (!job.isConfirmed) requireNothingLost(plan());
    const lock = await acquireRunLock(target, { waitMs, signal });
    try {
      const planned = plan();
      // Somebody may have made it meanwhile.
      if (!job.isConfirmed) requireNothingLost(planned);
      return await restore(job, planned);
    } finally {
      await lock.release();
    }
  } catch (error) {
    throwIfInterrupted(signal, START_ANEW);
    throw error;
  }
}

async function restore(job: RestoreJob, { report, isThere }: RestorePlan): Promise<RestoreReport> {
  const { target, file, signal, clock, waitMs = 0, onProgress } = job;
  const startedAt = clock();
  throwIfInterrupted(signal, START_ANEW);
  if (!existsSync(target)) makeGraphFile(target);
  const kept = isThere ? keptName(target, startedAt) : undefined;
  const keeping = kept === undefined ? undefined : keepingIn(kept);
  try {
    await replaceGraph({
      ...{ file, target, keeping, patience: { waitMs, signal } },
      onPages: (phase, done, total) => onProgress?.({ phase, done, total }),
    });
  } catch (error) {
    if (!(error instanceof AuditError) || error.code !== 'target-full') throw error;
    const hint = 'free as much as twice the backup and restore again; nothing was changed';
    throw new AuditError(error.code, error.message, hint, error);
  } finally {
    keeping?.tidy();
  }
  return { ...report, dry_run: false, kept: kept ?? null, duration_ms: Math.max(clock(), startedAt) - startedAt };
}

function keepingIn(shown: string) {
  const { path: into, publish, remove: tidy } = makeFileBeside(shown);
  return { into, shown, publish, drop: () => rmSync(shown, { force: true }), tidy };
}

/** A name that sorts by time, like `org.db.before-restore-20260102T030405678Z.db`. */
function keptName(target: string, now: number): string {
  return `${target}.before-restore-${new Date(now).toISOString().replaceAll(/[-:.]/g, '')}.db`;
}
