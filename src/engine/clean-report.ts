import type { ErrorSummary } from '../model/errors.ts';
import type { Redactor } from '../model/redaction.ts';
import type { ExtractorReport } from '../model/report.ts';

/** A report without secrets: what an extractor, or another program's trigger, says may hold what it was given. */
export function cleanReport(report: ExtractorReport, redactor: Redactor): ExtractorReport {
  const { warnings, error } = report;
  return {
    ...report,
    warnings: warnings.map((warning) => redactor.clean(warning)),
    ...(error && { error: cleanSummary(error, redactor) }),
  };
}

/** The same for an error. */
export function cleanSummary(error: ErrorSummary, redactor: Redactor): ErrorSummary {
  return { ...error, message: redactor.clean(error.message) };
}
