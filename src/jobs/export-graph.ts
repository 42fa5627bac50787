import { cleanExchangeRow } from '../engine/clean-exchange-row.ts';
import { throwIfInterrupted } from '../engine/interrupt.ts';
import type { ExchangeRow, ExportedGraph, ExportQuestion } from '../model/exchange.ts';
import type { RedactionSettings, Redactor } from '../model/redaction.ts';
import { createRedactor, RECOMMENDED } from '../redaction/create-redactor.ts';
import { requireTargetFile } from '../sqlite/check-files.ts';
import { openExportedGraph } from '../sqlite/export/open-exported-graph.ts';
import { requireFileTarget } from './check-paths.ts';

/** Which rows of which graph are exported. The path is absolute. */
export interface ExportJob extends ExportQuestion {
  readonly target: string;
  /** How secrets are kept out; by the recommended rules unless given. */
  readonly redaction?: RedactionSettings | undefined;
  readonly signal: AbortSignal;
}

/** Opens a graph as it is at one moment, hands it on without its secrets, and closes it. */
export async function exportGraph<Result>(
  job: ExportJob,
  use: (graph: ExportedGraph) => Promise<Result>,
): Promise<Result> {
  requireFileTarget(job.target, 'export', 'dump its database with neo4j-admin database dump');
  requireTargetFile(job.target);
  const redactor = createRedactor(job.redaction ?? RECOMMENDED);
  const graph = openExportedGraph(job.target, job);
  try {
    return await use({ ...graph, rows: (table) => cleanRows(graph.rows(table), redactor, job.signal) });
  } finally {
    graph.close();
  }
}

function* cleanRows(
  rows: Iterable<ExchangeRow>,
  redactor: Redactor,
  signal: AbortSignal,
): Generator<ExchangeRow, void> {
  for (const row of rows) {
    throwIfInterrupted(signal);
    yield cleanExchangeRow(row, redactor);
  }
}
