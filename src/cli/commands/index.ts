import type { Command } from 'commander';
import type { Io } from '../io.ts';
import type { Screen } from '../screen.ts';
import { declareActivity } from './activity.ts';
import { declareBackup } from './backup.ts';
import { declareCompletion } from './completion.ts';
import { declareDelete, declareUndelete } from './delete.ts';
import { declareDiagram } from './diagram.ts';
import { declareDoctor } from './doctor.ts';
import { declareExplain } from './explain.ts';
import { declareExport } from './export.ts';
import { declareHistory } from './history.ts';
import { declareImport } from './import.ts';
import { declareLink } from './link.ts';
import { declareLog } from './log.ts';
import { declareNeighbors } from './neighbors.ts';
import { declareQuery } from './query.ts';
import { declareRestore } from './restore.ts';
import { declareRun } from './run.ts';
import { declareSchedule } from './schedule.ts';
import { declareSeal } from './seal.ts';
import { declareServe } from './serve.ts';
import { declareShow } from './show.ts';
import { declareStats } from './stats.ts';
import { declareStatus } from './status.ts';
import { declareTrail } from './trail.ts';
import { declareVerify } from './verify.ts';

/** What a command does once its flags are read: it gives an exit code. */
export type Action<Asked extends unknown[]> = (...asked: [...Asked, Io, Screen]) => Promise<number>;

/** Makes of an action, which is loaded when it is wanted, what the parser calls. */
export type Start = <Asked extends unknown[]>(load: () => Promise<Action<Asked>>) => (...asked: Asked) => Promise<void>;

/** Declares every command, in the order in which help lists them. */
export function declareCommands(program: Command, start: Start): void {
  program.commandsGroup('Write the graph:');
  declareRun(
    program,
    start(async () => (await import('../run-action.ts')).runAction),
  );
  declareLink(
    program,
    start(async () => (await import('../link-action.ts')).linkAction),
  );
  declareLog(
    program,
    start(async () => (await import('../log-action.ts')).logAction),
  );
  program.commandsGroup('Ask it:');
  declareQuery(
    program,
    start(async () => (await import('../query-action.ts')).queryAction),
  );
  declareShow(
    program,
    start(async () => (await import('../show-action.ts')).showAction),
  );
  declareExplain(
    program,
    start(async () => (await import('../explain-action.ts')).explainAction),
  );
  declareStats(
    program,
    start(async () => (await import('../stats-action.ts')).statsAction),
  );
  declareActivity(
    program,
    start(async () => (await import('../activity-action.ts')).activityAction),
  );
  declareTrail(program, {
    trail: start(async () => (await import('../trail-action.ts')).trailAction),
    migrate: start(async () => (await import('../trail-migrate-action.ts')).trailMigrateAction),
  });
  declareNeighbors(
    program,
    start(async () => (await import('../neighbors-action.ts')).neighborsAction),
  );
  declareServe(
    program,
    start(async () => (await import('../serve-action.ts')).serveAction),
  );
  program.commandsGroup('Look after it:');
  declareDelete(
    program,
    start(async () => (await import('../delete-action.ts')).deleteAction),
  );
  declareUndelete(
    program,
    start(async () => (await import('../delete-action.ts')).undeleteAction),
  );
  declareHistory(program, {
    history: start(async () => (await import('../history-action.ts')).historyAction),
    prune: start(async () => (await import('../history-prune-action.ts')).historyPruneAction),
  });
  declareExport(
    program,
    start(async () => (await import('../export-action.ts')).exportAction),
  );
  declareImport(
    program,
    start(async () => (await import('../import-action.ts')).importAction),
  );
  declareStatus(
    program,
    start(async () => (await import('../status-action.ts')).statusAction),
  );
  declareDoctor(
    program,
    start(async () => (await import('../doctor-action.ts')).doctorAction),
  );
  declareVerify(
    program,
    start(async () => (await import('../verify-action.ts')).verifyAction),
  );
  declareSeal(
    program,
    start(async () => (await import('../seal-action.ts')).sealAction),
  );
  declareDiagram(
    program,
    start(async () => (await import('../diagram-action.ts')).diagramAction),
  );
  declareBackup(
    program,
    start(async () => (await import('../backup-action.ts')).backupAction),
  );
  declareRestore(
    program,
    start(async () => (await import('../restore-action.ts')).restoreAction),
  );
  declareSchedule(
    program,
    start(async () => (await import('../schedule-action.ts')).scheduleAction),
  );
  declareCompletion(
    program,
    start(async () => (await import('../completion-action.ts')).completionActionOf(program)),
  );
}
