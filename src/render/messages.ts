import type { RunReport } from '../model/report.ts';
import { renderError, renderStack, renderWarning } from './error.ts';

/** The warnings and errors of a run, for stderr. Quiet runs warn only where something changed. */
export function renderMessages(
  { totals, extractors, error, warnings: ofAll = [] }: RunReport,
  { quiet, verbose }: { readonly quiet: boolean; readonly verbose: readonly unknown[] },
): string {
  // Nobody is left to tell: `| head -1` is no failure.
  if (error?.code === 'reader-gone') return '';
  const silent = quiet && totals.inserted + totals.updated === 0;
  const warnings = silent
    ? []
    : [
        ...ofAll.map((text) => renderWarning('org.db', text)),
        ...extractors.flatMap(({ name, warnings }) => warnings.map((text) => renderWarning(name, text))),
      ];
  const errors = extractors.flatMap(({ error }) => (error ? [renderError(error)] : []));
  // A failure that befell no extractor.
  if (error && errors.length === 0) errors.push(renderError(error));
  return [...warnings, ...errors, ...verbose.map(renderStack)].join('');
}
