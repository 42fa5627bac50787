import type { EmbeddedJson } from './embedded-json.ts';
import { FORMATS } from './renderer.ts';
import { visibleJson } from './visible.ts';
import { writeJson } from './write-json.ts';

/** How answers to questions can be printed. */
export const ANSWER_FORMATS = [...FORMATS, 'csv'] as const;
export type AnswerFormat = (typeof ANSWER_FORMATS)[number];

/** What stands in a row of an answer. */
export type AnswerValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | EmbeddedJson
  | readonly AnswerValue[]
  | AnswerRow;
export interface AnswerRow {
  readonly [column: string]: AnswerValue;
}

/** What an answer is drawn for. */
export interface AnswerView {
  readonly color: boolean;
  /** Columns of the terminal; lines are cut to it. */
  readonly width: number;
}

/** The answer to a question, to be printed in any format. */
export interface Answer {
  /** All of it, as `json` has it; `schema` first. */
  readonly document: { readonly schema: string; readonly [name: string]: AnswerValue };
  /** Its rows, as `ndjson` has them. */
  readonly rows: readonly AnswerRow[];
  /** The columns of the rows that `csv` has, in order. */
  readonly columns: readonly string[];
  /** What a user should know of it: told on stderr, and in `json` beside the rest. */
  readonly warnings?: readonly string[];
  /** For people, newlines included. */
  readonly draw: (view: AnswerView) => string | Promise<string>;
}

/** Prints an answer. What makes CSV and tables is loaded only for them: that takes longer than many an answer. */
export async function renderAnswer(answer: Answer, format: AnswerFormat, view: AnswerView): Promise<string> {
  switch (format) {
    case 'table':
      return answer.draw(view);
    case 'json': {
      const { document, warnings } = answer;
      return `${visibleJson(writeJson(warnings ? { ...document, warnings } : document, 'many-lines'))}\n`;
    }
    case 'ndjson':
      return answer.rows.map((row) => `${visibleJson(writeJson(row, 'one-line'))}\n`).join('');
    case 'csv': {
      const { renderCsv } = await import('./csv.ts');
      return renderCsv(
        answer.columns,
        answer.rows.map((row) => answer.columns.map((column) => row[column])),
      );
    }
  }
}
