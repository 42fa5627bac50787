import type { AnswerFormat } from '../render/answer.ts';
import { jsonRenderer, ndjsonRenderer } from '../render/json-renderers.ts';
import type { Format, RunRenderer } from '../render/renderer.ts';
import type { CommonOptions } from './common-options.ts';
import type { Io } from './io.ts';
import type { Progress } from './progress.ts';

/** The width of output that is no terminal: wide enough for all but hostile texts. */
const WIDE = 1000;

/** The renderer of a format, for where its text goes. */
export async function rendererFor(format: Format, flags: CommonOptions, io: Io, next: string): Promise<RunRenderer> {
  if (format === 'json') return jsonRenderer;
  if (format === 'ndjson') return ndjsonRenderer;
  const { tableRenderer } = await import('../render/table.ts');
  return tableRenderer({ ...drawingView(flags, io), quiet: flags.quiet === true, next });
}

/** What is drawn on stdout is drawn for. */
export function drawingView(flags: CommonOptions, io: Io): { readonly color: boolean; readonly width: number } {
  return { color: io.stdout.isTTY === true && wantsColor(flags, io), width: io.stdout.columns || WIDE };
}

/** What is drawn into a file is drawn for. */
export const FILE_VIEW = { color: false, width: WIDE } as const;

/** The live line, where it disturbs nothing: on a terminal that knows its width, beside a table, unless not wanted. */
export async function progressFor(format: AnswerFormat, flags: CommonOptions, io: Io): Promise<Progress | undefined> {
  const wanted =
    io.stderr.isTTY === true &&
    !!io.stderr.columns &&
    format === 'table' &&
    flags.progress &&
    !flags.quiet &&
    wantsColor(flags, io);
  if (!wanted) return undefined;
  const { startProgress } = await import('./progress.ts');
  return startProgress(io.stderr);
}

function wantsColor(flags: CommonOptions, io: Io): boolean {
  return flags.color && !io.env['NO_COLOR'] && io.env['TERM'] !== 'dumb';
}
