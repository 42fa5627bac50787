import { CLOCK_INTERVALS, type Schedule } from './schedule.ts';

/** Timers of many machines or users should not all start in the same second. */
const LONGEST_DELAY_SECONDS = 60;

/** A service and its timer, each under a line with its file's name, as `systemctl cat` shows them. */
export function renderSystemdUnits({ command, everyMinutes }: Schedule): string {
  const [program = '', ...words] = command;
  return `# ~/.config/systemd/user/audit-extract.service
#
# Save each part under the name in its first line, then:
#   systemctl --user daemon-reload; systemctl --user enable --now audit-extract.timer
# It runs while you are logged in. For runs at any time:
#   loginctl enable-linger

[Unit]
Description=Audit nodes of AI coding sessions into the knowledge graph

[Service]
Type=oneshot
ExecStart=${[programWord(program), ...words.map(argumentWord)].join(' ')}
# Busy (75) and stopped half way, by a shutdown say (143), are no alarm: the next run goes on.
SuccessExitStatus=75 143
Nice=10
IOSchedulingClass=idle

# ~/.config/systemd/user/audit-extract.timer

[Unit]
Description=Audit nodes of AI coding sessions, again and again

[Timer]
${timesOf(everyMinutes).join('\n')}
Persistent=true
RandomizedDelaySec=${Math.min(LONGEST_DELAY_SECONDS, everyMinutes * 6)}

[Install]
WantedBy=timers.target
`;
}

/** By the calendar where it can say the interval, so that a run missed while the machine was off is made up for. */
function timesOf(minutes: number): readonly string[] {
  if (!CLOCK_INTERVALS.includes(minutes)) return ['OnStartupSec=1min', `OnUnitActiveSec=${minutes}min`];
  if (minutes < 60) return [`OnCalendar=*:0/${minutes}`];
  return [`OnCalendar=${minutes === 24 * 60 ? '00' : `0/${minutes / 60}`}:00`];
}

/** Variables are put into arguments only, so here a dollar sign stands for itself. */
function programWord(path: string): string {
  return quoted(path.replaceAll('%', '%%'));
}

function argumentWord(word: string): string {
  return quoted(word.replaceAll('%', '%%').replaceAll('$', '$$$$'));
}

function quoted(word: string): string {
  return /^[\w@%$+=:,./-]+$/.test(word) ? word : `"${word.replace(/[\\"]/g, '\\$&')}"`;
}
