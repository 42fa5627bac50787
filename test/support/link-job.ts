import { builtinExtractors } from '../../src/extractors/index.ts';
import { type LinkJob, linkGraph } from '../../src/jobs/link.ts';
import { builtinLinkers } from '../../src/linkers/index.ts';
import type { LinkReport } from '../../src/model/link-report.ts';

/** Links what is recorded in a graph, in this process, and gives the report. */
export async function linkJob(options: Pick<LinkJob, 'target'> & Partial<LinkJob>): Promise<LinkReport> {
  const events = linkGraph({
    source: undefined,
    extractors: builtinExtractors,
    settings: { errorStatuses: ['error'] },
    edges: { linkers: builtinLinkers },
    dryRun: false,
    clock: Date.now,
    signal: new AbortController().signal,
    ...options,
  });
  for await (const event of events) if (event.type === 'link-finished') return event.report;
  throw new Error('linking ended without a report');
}
