import type { RunReport } from '../model/report.ts';
import { renderError, renderStack, renderWarning } from './error.ts';
import { targetSubject } from './target-subject.ts';

/** How they are told. */
export interface MessageOptions {
  readonly quiet: boolean;
  /** What failed, where its stack is wanted. */
  readonly verbose: readonly unknown[];
  /** Takes secrets out of a message that no report has cleaned. */
  readonly clean: (message: string) => string;
}

/** The warnings and errors of a run, for stderr. Quiet runs warn only where something changed. */
export function renderMessages(
  { origin, target, totals, extractors, error, warnings: ofAll = [] }: RunReport,
  { quiet, verbose, clean }: MessageOptions,
): string {
  // Nobody is left to tell: `| head -1` is no failure.
  if (error?.code === 'reader-gone') return '';
  const subjectOf = (name: string) => (origin === undefined ? name : `@${origin}/${name}`);
  const silent = quiet && totals.inserted + totals.updated === 0;
  const warnings = silent
    ? []
    : [
        ...ofAll.map((text) => renderWarning(targetSubject(target.path), text)),
        ...extractors.flatMap(({ name, warnings }) => warnings.map((text) => renderWarning(subjectOf(name), text))),
      ];
  const errors = extractors.flatMap(({ error }) => (error ? [renderError(error)] : []));
  // A failure that befell no extractor.
  if (error && errors.length === 0) errors.push(renderError(error));
  return [...warnings, ...errors, ...verbose.map((failure) => renderStack(failure, clean))].join('');
}
