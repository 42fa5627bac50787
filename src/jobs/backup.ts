import { statSync } from 'node:fs';
import { throwIfInterrupted } from '../engine/interrupt.ts';
import type { BackupReport, CopyProgress } from '../model/graph-copy.ts';
import { requireTargetFile } from '../sqlite/check-files.ts';
import { copyGraph } from '../sqlite/copies/copy-graph.ts';
import { examineGraph } from '../sqlite/copies/examine-graph.ts';
import { requireNewBackup } from './check-backup-paths.ts';
import { requireFileTarget } from './check-paths.ts';
import { makeFileBeside } from './file-beside.ts';
import type { GraphJob } from './graph-job.ts';

/** Which graph is to be copied into which file. Paths are absolute. */
export interface BackupJob extends Omit<GraphJob, 'actor'> {
  readonly file: string;
  /** Whether a file that is there may be replaced. */
  readonly replace: boolean;
  /** The source, where it is known: a backup must never take its place. */
  readonly source?: string | undefined;
  readonly onProgress?: (progress: CopyProgress) => void;
}

const START_ANEW = 'nothing was made; start it again';

/** Makes a backup of a graph while others write it, and checks it before it gets its name. Throws where it cannot be made. */
export async function backupGraph(job: BackupJob): Promise<BackupReport> {
  const { target, file, signal, clock, onProgress } = job;
  const startedAt = clock();
  requireFileTarget(target, 'backup', 'dump its database with neo4j-admin database dump');
  requireTargetFile(target);
  requireNewBackup(file, { target, source: job.source }, job.replace);
  const copy = makeFileBeside(file);
  try {
    const onPages = (done: number, total: number) => onProgress?.({ phase: 'copying', done, total });
    await copyGraph({ path: target, into: copy.path, shown: file }, { signal, onPages });
    onProgress?.({ phase: 'checking' });
    const { nodes, edges, fingerprint, seal, warnings } = examineGraph(copy.path, { role: 'target', path: target });
    throwIfInterrupted(signal, START_ANEW);
    const bytes = statSync(copy.path).size;
    copy.publish();
    const duration_ms = Math.max(clock(), startedAt) - startedAt;
    return {
      schema: 'audit-extract/backup@1',
      target: { path: target },
      ...{ file, bytes, nodes, edges, fingerprint, seal, duration_ms, warnings },
    };
  } catch (error) {
    throwIfInterrupted(signal, START_ANEW);
    throw error;
  } finally {
    copy.remove();
  }
}
