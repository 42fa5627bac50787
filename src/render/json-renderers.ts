import { renderJsonReport, renderNdjsonChanges, renderNdjsonReport } from './json.ts';
import type { RunRenderer } from './renderer.ts';

/** One document, when all is done. */
export const jsonRenderer: RunRenderer = (event) =>
  event.type === 'run-finished' ? renderJsonReport(event.report) : '';

/** Streams a line for each change as it comes; the report is the last line. */
export const ndjsonRenderer: RunRenderer = (event) => {
  if (event.type === 'batch-written') return renderNdjsonChanges(event.changes);
  return event.type === 'run-finished' ? renderNdjsonReport(event.report) : '';
};
