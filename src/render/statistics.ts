import { dayOf } from '../model/event-facets.ts';
import type { ErrorFilter, StatisticsReport } from '../model/statistics.ts';
import { ellipsize, firstCodePoints } from '../model/text.ts';
import type { Answer, AnswerRow, AnswerView } from './answer.ts';
import { drawTable } from './answer-table.ts';
import { barOf, barRoom } from './bar.ts';
import { layOutSection, type SectionTable } from './statistics-section.ts';
import { visible } from './visible.ts';

/** Names and other texts are shown to so many characters. */
const LONGEST_TEXT = 60;
const MORE = 'There are more: --limit shows more of them.';

/** What `audit-extract stats` answers: all parts, or the one that was asked for. */
export function statisticsAnswer({ target, view, filter, sections, warnings }: StatisticsReport): Answer {
  const parts = sections.map(layOutSection);
  const head = { schema: 'audit-extract/stats@1', target: { path: target }, filter: filterRow(filter) };
  const [only] = parts;
  if (view !== undefined && only !== undefined) {
    return {
      document: { ...head, view, rows: only.rows, more: only.more },
      rows: only.rows,
      columns: only.columns,
      warnings,
      draw: (drawn) => drawPart(only, drawn),
    };
  }
  const all = Object.fromEntries(parts.map(({ plural, rows }) => [plural, rows]));
  return {
    document: { ...head, ...all },
    rows: parts.flatMap(namedRows),
    columns: ['section', 'name', ...new Set(parts.flatMap(({ columns: [, ...others] }) => others))],
    warnings,
    draw: async (drawn) => {
      const drawings = await Promise.all(parts.map((part) => drawPart(part, drawn)));
      return drawings.map((drawing, at) => `${parts[at]?.title}\n${drawing}`).join('\n');
    },
  };
}

/** Rows of all parts together: each says of which it is, and what it is about in a column that all have. */
function namedRows({ section, columns: [name], rows }: SectionTable): readonly AnswerRow[] {
  return rows.map(({ [name]: about, ...others }) => ({ section, name: about, ...others }));
}

async function drawPart(
  { head, cells, numbers, bars, note, more }: SectionTable,
  { width }: AnswerView,
): Promise<string> {
  if (cells.length === 0) return 'None.\n';
  const room = bars === undefined ? 0 : barRoom(width);
  const largest = Math.max(0, ...(bars ?? []));
  const texts = cells.map((row) => row.map(shown));
  const drawn = room === 0 ? texts : texts.map((row, at) => [...row, barOf(bars?.[at] ?? 0, largest, room)]);
  const aligns = drawn[0]?.map((_, at) => (at >= 1 && at <= numbers ? 'right' : 'left'));
  const table = await drawTable(room === 0 ? head : [...head, ''], drawn, width, aligns);
  const lines = [...(note === undefined ? [] : [note]), ...(more ? [MORE] : [])];
  return `${table}${lines.map((line) => `${line}\n`).join('')}`;
}

/** A cell is cut once it is harmless, so that bars keep their room. */
function shown(text: string): string {
  return ellipsize(visible(firstCodePoints(text, LONGEST_TEXT + 1)), LONGEST_TEXT);
}

function filterRow({ tool, errorType, since, until }: ErrorFilter): AnswerRow {
  return { tool, error_type: errorType, since: dayOr(since), until: dayOr(until) };
}

const dayOr = (milliseconds: number | undefined): string | undefined =>
  milliseconds === undefined ? undefined : dayOf(milliseconds);
