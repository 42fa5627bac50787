import type { ErrorSummary } from '../model/errors.ts';
import type { RunReport } from '../model/report.ts';
import { visibleJson } from './visible.ts';

/** What came of the run of one source of several: its report, or why it could not begin. */
export interface RunOfSource {
  readonly origin: string | undefined;
  readonly exitCode: number;
  readonly outcome: RunReport | ErrorSummary;
}

/** The runs of several sources as one JSON document. */
export function renderJsonRuns(runs: readonly RunOfSource[]): string {
  const document = {
    schema: 'audit-extract/runs@1',
    runs: runs.map(({ origin, exitCode, outcome }) => ({
      origin: origin ?? null,
      exit_code: exitCode,
      report: documentOf(outcome),
    })),
  };
  return `${visibleJson(JSON.stringify(document, null, 2))}\n`;
}

/** The last line of one of them in NDJSON. */
export function renderNdjsonRun({ origin, outcome }: RunOfSource): string {
  return `${visibleJson(JSON.stringify({ origin: origin ?? null, report: documentOf(outcome) }))}\n`;
}

function documentOf(outcome: RunReport | ErrorSummary): object {
  return 'schema' in outcome ? outcome : { schema: 'audit-extract/error@1', error: outcome };
}
