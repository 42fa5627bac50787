import type { Schedule } from './schedule.ts';
import { shellWord } from './shell-word.ts';

/** A line for a user's crontab. The interval must be one of `CLOCK_INTERVALS`. */
export function renderCrontabLine({ command, everyMinutes }: Schedule): string {
  return `${timesOf(everyMinutes)} ${command.map(cronWord).join(' ')}\n`;
}

function timesOf(minutes: number): string {
  if (minutes < 60) return `*/${minutes} * * * *`;
  return minutes === 24 * 60 ? '0 0 * * *' : `0 */${minutes / 60} * * *`;
}

/**
 * To cron a percent sign ends the command, unless after a backslash, quoted or not. It stands outside the quotes here, so
 * that a backslash which belongs to the word is never next to it, and a cron that leaves `\%` to the shell is right too.
 */
function cronWord(word: string): string {
  const parts = word.split('%').map((part) => (part === '' ? '' : shellWord(part)));
  return word === '' ? shellWord(word) : parts.join('\\%');
}
