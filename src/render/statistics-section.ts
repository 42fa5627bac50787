import type { SessionTrouble, StatisticsSection } from '../model/statistics.ts';
import type { AnswerRow } from './answer.ts';
import { grouped } from './grouped.ts';
import { isoMoment, shortMoment } from './moment.ts';

/** A part of the statistics, ready for every format. */
export interface SectionTable {
  readonly section: StatisticsSection['section'];
  readonly title: string;
  /** What its rows are in the document of all statistics. */
  readonly plural: string;
  /** The column that says what a row is about comes first. */
  readonly columns: readonly [name: string, ...others: string[]];
  readonly rows: readonly AnswerRow[];
  readonly more: boolean;
  /** For people: of the columns whose heads are here, the first is a name, and the `texts` that follow are no numbers. */
  readonly head: readonly string[];
  readonly numbers: number;
  readonly cells: readonly (readonly string[])[];
  /** What is to be said under the rows, for people. */
  readonly note?: string;
  /** What bars are drawn of. */
  readonly bars?: readonly number[];
}

const ERRORS = { tool: 'Errors by tool', type: 'Errors by type', day: 'Errors by day' } as const;
const PLURALS = { tool: 'tools', type: 'types', day: 'days' } as const;
const NAMES = { tool: 'tool', type: 'error_type', day: 'day' } as const;

/** Lays out a part of the statistics. */
export function layOutSection(part: StatisticsSection): SectionTable {
  const { section, list } = part;
  const { more } = list;
  switch (section) {
    case 'kind':
      return {
        ...{ section, title: 'Events', plural: 'kinds', more },
        columns: ['subtype', 'events', 'rows'],
        rows: list.rows.map((row) => ({ ...row })),
        head: ['kind', 'events', 'rows'],
        numbers: 2,
        cells: list.rows.map(({ subtype, events, rows }) => [subtype, grouped(events), grouped(rows)]),
      };
    case 'session':
      return {
        ...{ section, title: 'Sessions with most trouble', plural: 'sessions', more },
        columns: ['session', 'errors', 'compactions', 'failed_tasks', 'first', 'last'],
        rows: list.rows.map(({ session, errors, compactions, failedTasks, first, last }) => ({
          ...{ session, errors, compactions, failed_tasks: failedTasks },
          ...{ first: isoMoment(first), last: isoMoment(last) },
        })),
        head: ['session', 'errors', 'compactions', 'failed tasks', ...(isTimed(list.rows) ? ['first', 'last'] : [])],
        numbers: 3,
        cells: list.rows.map(({ session, errors, compactions, failedTasks, first, last }) => [
          session,
          ...[grouped(errors), grouped(compactions), failedTasks === null ? '' : grouped(failedTasks)],
          ...(isTimed(list.rows) ? [shortMoment(first), shortMoment(last)] : []),
        ]),
      };
    case 'compaction':
      return {
        ...{ section, title: 'Compactions', plural: 'compactions', more },
        columns: ['trigger', 'compactions'],
        rows: list.rows.map(({ trigger, compactions }) => ({ trigger: trigger || null, compactions })),
        head: ['trigger', 'compactions'],
        numbers: 1,
        cells: list.rows.map(({ trigger, compactions }) => [trigger || 'unknown', grouped(compactions)]),
        bars: list.rows.map(({ compactions }) => compactions),
      };
    case 'task':
      return layOutTasks(part);
    case 'rate':
      return {
        ...{ section, title: 'Error rate by tool', plural: 'rates', more },
        columns: ['tool', 'calls', 'errors', 'rate'],
        rows: list.rows.map(({ tool, calls, errors }) => ({ tool, calls, errors, rate: rateOf(errors, calls) })),
        head: ['tool', 'calls', 'errors', 'rate'],
        numbers: 3,
        cells: list.rows.map(({ tool, calls, errors }) => [
          ...[tool, grouped(calls), grouped(errors), `${rateOf(errors, calls).toFixed(2)} %`],
        ]),
        bars: list.rows.map(({ calls, errors }) => rateOf(errors, calls)),
      };
    default:
      return {
        ...{ section, title: ERRORS[section], plural: PLURALS[section], more },
        columns: [NAMES[section], 'errors', 'events'],
        rows: list.rows.map(({ name, errors, events }) => ({
          ...{ [NAMES[section]]: section === 'day' && name === '' ? null : name, errors, events },
        })),
        head: [NAMES[section].replace('_', ' '), 'errors', 'events'],
        numbers: 2,
        cells: list.rows.map(({ name, errors, events }) => [name || 'no date', grouped(errors), grouped(events)]),
        bars: list.rows.map(({ errors }) => errors),
      };
  }
}

function layOutTasks({ section, list }: Extract<StatisticsSection, { readonly section: 'task' }>): SectionTable {
  return {
    ...{ section, title: 'Tasks that failed', plural: 'tasks', more: list.more },
    columns: [
      ...(['task_id', 'id', 'description', 'outcome', 'status', 'last'] as const),
      ...(['error_events', 'errors', 'tools'] as const),
    ],
    rows: list.rows.map(({ id, taskId, description, outcome, status, last, around }) => ({
      ...{ task_id: taskId, id, description, outcome, status, last: isoMoment(last) },
      ...{ error_events: around?.events ?? null, errors: around?.errors ?? null, tools: around?.tools ?? null },
    })),
    head: ['task', 'error events', 'errors in them', 'tools', 'outcome', 'status', 'last', 'description'],
    numbers: 2,
    note: 'Errors are all rows of these events, those for other tasks among them.',
    cells: list.rows.map(({ id, taskId, description, outcome, status, last, around }) => [
      taskId ?? id,
      ...(around === null ? ['', '', ''] : [grouped(around.events), grouped(around.errors), around.tools.join(', ')]),
      ...[outcome, status, shortMoment(last), description ?? ''],
    ]),
  };
}

/** Of sessions of a time that was asked for, no moments are told. */
function isTimed(rows: readonly SessionTrouble[]): boolean {
  return rows.some(({ first, last }) => first !== null || last !== null);
}

/** In percent, to two decimals. */
function rateOf(errors: number, calls: number): number {
  return calls === 0 ? 0 : Math.round((errors / calls) * 10_000) / 100;
}
