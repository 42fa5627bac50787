import type { MigrationReport } from '../model/trail-migration.ts';
import type { Answer, AnswerRow } from './answer.ts';
import { grouped } from './grouped.ts';
import { visible } from './visible.ts';

/** What a migration did, as an answer in any format. */
export function migrationAnswer(report: MigrationReport): Answer {
  const { error, ...rest } = report;
  return {
    document: { ...rest, ...(error && { error: { ...error } }) },
    rows: rowsOf(report),
    columns: ['outcome', 'events', 'names'],
    draw: () => drawReport(report),
  };
}

function rowsOf({ ambiguous, held_by_others, error, ...report }: MigrationReport): readonly AnswerRow[] {
  return [
    { outcome: 'migrated', events: report.events_migrated },
    { outcome: 'in_place', events: report.in_place },
    { outcome: 'on_other_trails', events: report.on_other_trails },
    { outcome: 'ambiguous', events: ambiguous.events, names: ambiguous.ids },
    { outcome: 'held_by_others', events: held_by_others.events, names: held_by_others.types },
    ...(error ? [{ outcome: 'failed', error: { ...error } }] : []),
  ];
}

function drawReport({ target, trail, ambiguous, held_by_others, error, ...report }: MigrationReport): string {
  const outcome = error ? 'Ended early' : report.dry_run ? 'Dry run, nothing written' : 'Done';
  const verb = report.dry_run ? 'to migrate' : 'migrated';
  const counts = `${grouped(report.events_migrated)} ${verb}, ${grouped(report.in_place)} in place`;
  const lines = [
    `${visible(target.path)}: ${visible(trail ?? 'no trail')}`,
    ...(report.on_other_trails > 0 ? [`On another trail, and left there: ${grouped(report.on_other_trails)}.`] : []),
    ...(ambiguous.events > 0
      ? [
          `On two trails, and left as they are: ${grouped(ambiguous.events)} (${list(ambiguous.ids, ambiguous.events)}).`,
        ]
      : []),
    ...(held_by_others.events > 0
      ? [
          `On nodes of other types: ${grouped(held_by_others.events)} (${held_by_others.types.map(visible).join(', ')}).`,
          'Add --from TYPE to bring them, too.',
        ]
      : []),
    `${outcome}: ${counts}.`,
  ];
  return `${lines.join('\n')}\n`;
}

function list(names: readonly string[], all: number): string {
  return `${names.map(visible).join(', ')}${all > names.length ? ', ...' : ''}`;
}
