import Table from 'cli-table3';
import { ellipsize } from '../model/text.ts';
import type { TrailDay, TrailReport, TrailUser } from '../model/trail.ts';
import type { Answer } from './answer.ts';
import { grouped } from './grouped.ts';
import { visible } from './visible.ts';

/** So many days and users are shown to people; the other formats have all. */
const SHOWN = 20;
const LONGEST_CELL = 60;
const STYLE = { head: [], border: [], compact: true };

/** What hangs on a trail, as an answer in any format. */
export function trailAnswer(report: TrailReport): Answer {
  const days = report.days.map((day) => ({ ...day }));
  const kinds = report.kinds.map((kind) => ({ ...kind }));
  const users = report.users.map((user) => ({ ...user }));
  const document = { ...report, target: { ...report.target }, kinds, days, users };
  return {
    document,
    rows: days,
    columns: ['day', 'subtype', 'events'],
    draw: () => drawReport(report),
  };
}

function drawReport({ target, trail, events, first, last, kinds, days, users }: TrailReport): string {
  const span = first === null || last === null ? '' : `, from ${cell(first)} to ${cell(last)}`;
  const parts = [
    `${visible(target.path)}: ${visible(trail)}`,
    `${counted(events, 'event')}${span}.`,
    ...(kinds.length === 0 ? [] : [drawKinds(kinds)]),
    ...(days.length === 0 ? [] : drawDays(days)),
    ...(users.length === 0 ? [] : drawUsers(users)),
  ];
  return `${parts.join('\n')}\n`;
}

function drawKinds(kinds: TrailReport['kinds']): string {
  const table = new Table({ head: ['kind', 'events'], colAligns: ['left', 'right'], style: STYLE });
  for (const { subtype, events } of kinds.slice(0, SHOWN)) table.push([kindOf(subtype), grouped(events)]);
  return table.toString();
}

/** The last days, as those are asked for most; what has no date comes after them. */
function drawDays(days: readonly TrailDay[]): readonly string[] {
  const table = new Table({ head: ['day', 'kind', 'events'], colAligns: ['left', 'left', 'right'], style: STYLE });
  for (const { day, subtype, events } of days.slice(-SHOWN)) {
    table.push([day ?? 'no date', kindOf(subtype), grouped(events)]);
  }
  const before = days.length - SHOWN;
  return [table.toString(), ...(before > 0 ? [`and ${counted(before, 'line')} before`] : [])];
}

function drawUsers(users: readonly TrailUser[]): readonly string[] {
  const table = new Table({ head: ['user', 'name', 'actions'], colAligns: ['left', 'left', 'right'], style: STYLE });
  for (const { id, name, actions } of users.slice(0, SHOWN))
    table.push([cell(id), cell(name ?? '-'), grouped(actions)]);
  const more = users.length - SHOWN;
  return [table.toString(), ...(more > 0 ? [`and ${counted(more, 'more user')}`] : [])];
}

const kindOf = (subtype: string | null): string => cell(subtype ?? '-');

const cell = (text: string): string => visible(ellipsize(text, LONGEST_CELL));

function counted(count: number, what: string): string {
  return `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;
}
