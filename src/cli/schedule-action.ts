import { resolve } from 'node:path';
import { isNeo4jTarget } from '../jobs/check-paths.ts';
import { badValue } from '../model/bad-value.ts';
import { AuditError } from '../model/errors.ts';
import { renderCrontabLine } from '../render/crontab-line.ts';
import { renderWarning } from '../render/error.ts';
import { renderLaunchdPlist } from '../render/launchd-plist.ts';
import { CLOCK_INTERVALS, type Schedule } from '../render/schedule.ts';
import { renderSystemdUnits } from '../render/systemd-units.ts';
import { SCHEDULERS, type ScheduleFlags, type Scheduler } from './commands/schedule.ts';
import type { Io } from './io.ts';
import { ownCommand } from './own-command.ts';
import { environmentWarning, environmentWords } from './scheduled-environment.ts';
import { scheduledRun } from './scheduled-run.ts';
import type { Screen } from './screen.ts';

const DEFAULT_MINUTES = 15;
const LONGEST_MINUTES = 24 * 60;

const renderers: { readonly [scheduler in Scheduler]: (schedule: Schedule) => string } = {
  systemd: renderSystemdUnits,
  cron: renderCrontabLine,
  launchd: renderLaunchdPlist,
};

/** `audit-extract schedule`: prints what makes a scheduler start runs. Installs nothing. Gives the exit code. */
export async function scheduleAction(flags: ScheduleFlags, io: Io, screen: Screen): Promise<number> {
  if (flags.json || flags.format !== undefined) {
    const hint = 'leave out --json and --format';
    throw new AuditError('usage', 'schedule prints what its scheduler reads, and has no other format', hint);
  }
  const scheduler = schedulerOf(flags);
  const everyMinutes = parseEvery(flags.every, scheduler);
  const { target, words } = await scheduledRun(flags, io);
  const isOnServer = isNeo4jTarget(target);
  const command = [...(isOnServer ? environmentWords(io) : []), ...ownCommand(), ...words];
  requireSayable(command, scheduler);
  const logPath = resolve(io.folder, io.env['HOME'] ?? '', 'Library/Logs/audit-extract.log');
  await screen.out.write(renderers[scheduler]({ command, everyMinutes, logPath }));
  const warning = isOnServer ? environmentWarning(io) : undefined;
  if (warning !== undefined) await screen.err.write(renderWarning('schedule', warning));
  return 0;
}

function schedulerOf(flags: ScheduleFlags): Scheduler {
  const [first, second] = SCHEDULERS.filter((name) => flags[name]);
  if (first === undefined) {
    const hint = 'add --systemd on Linux, --launchd on macOS, or --cron where there is cron';
    throw new AuditError('usage', 'schedule needs to know for which scheduler', hint);
  }
  if (second === undefined) return first;
  throw new AuditError('usage', `--${first} and --${second} contradict each other`, 'give one of them');
}

function parseEvery(value: string | undefined, scheduler: Scheduler): number {
  if (value === undefined) return DEFAULT_MINUTES;
  const minutes = /^\d+$/.test(value) ? Number(value) : 0;
  if (minutes < 1 || minutes > LONGEST_MINUTES) {
    throw badValue({ name: '--every', value }, `give a whole number of minutes from 1 to ${LONGEST_MINUTES}`);
  }
  if (scheduler !== 'cron' || CLOCK_INTERVALS.includes(minutes)) return minutes;
  const below = CLOCK_INTERVALS.findLast((interval) => interval < minutes);
  const above = CLOCK_INTERVALS.find((interval) => interval > minutes);
  throw badValue({ name: '--every', value }, `the nearest that cron can do are ${below} and ${above} minutes`);
}

/** Refuses words that a scheduler has no way to write, rather than print a file that starts something else. */
function requireSayable(command: readonly string[], scheduler: Scheduler): void {
  const [program = ''] = command;
  const unsayable = command.find((word) => /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u.test(word));
  if (unsayable !== undefined) {
    throw new AuditError(
      'usage',
      `no schedule can hold the control character in '${unsayable}'`,
      'give it another name',
    );
  }
  if (scheduler === 'systemd' && /['"\\]/.test(program)) {
    const hint = 'install Node elsewhere, or use --cron';
    throw new AuditError('usage', `systemd starts no program with quotes or backslashes in its path, ${program}`, hint);
  }
}
