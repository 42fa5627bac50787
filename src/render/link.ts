import type { LinkReport } from '../model/link-report.ts';
import type { Answer } from './answer.ts';
import { renderEdges } from './edges.ts';
import { grouped } from './grouped.ts';
import { visible } from './visible.ts';

/** What `link` did, as an answer in any format. */
export function linkAnswer(report: LinkReport): Answer {
  const { target, source, edges, error, ...rest } = report;
  const types = edges.types.map((type) => ({ ...type }));
  return {
    document: {
      ...rest,
      target: { ...target },
      source: source && { ...source },
      edges: { ...edges, types },
      error: error && { ...error },
    },
    rows: types,
    columns: ['edge_type', 'inserted', 'unchanged'],
    draw: () => drawReport(report),
  };
}

function drawReport({ target, events, edges, dry_run, duration_ms, error }: LinkReport): string {
  const outcome = error ? 'Failed' : dry_run ? 'Dry run, nothing written' : 'Done';
  const seconds = (duration_ms / 1000).toFixed(1);
  return [
    visible(target.path),
    ...renderEdges(edges, dry_run),
    `${outcome}: ${grouped(events)} events (${seconds} s).`,
    '',
  ].join('\n');
}
