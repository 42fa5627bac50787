import Table from 'cli-table3';
import type { ExtractorStatus, PastRun, StatusReport } from '../model/status.ts';
import { grouped } from './grouped.ts';
import { visible, visibleJson } from './visible.ts';

const STYLE = { head: [], border: [], compact: true };

/** The status as one JSON document. */
export function renderJsonStatus(status: StatusReport): string {
  return `${visibleJson(JSON.stringify(status, null, 2))}\n`;
}

/** The same on one line. */
export function renderNdjsonStatus(status: StatusReport): string {
  return `${visibleJson(JSON.stringify(status))}\n`;
}

/** The status for people: the checkpoints, then the last runs. */
export function renderStatus(status: StatusReport): string {
  const { source, target, runs, extractors, last_checked } = status;
  const parts = [
    `${visible(source.path)} -> ${visible(target.path)}`,
    last_checked === null ? 'No run yet.' : `Last looked at ${last_checked}.`,
    ...(extractors.length === 0 ? [] : [renderExtractors(extractors)]),
    ...(runs.length === 0 ? [] : ['The last runs that changed something:', renderRuns(runs)]),
  ];
  return `${parts.join('\n')}\n`;
}

function renderExtractors(extractors: readonly ExtractorStatus[]): string {
  const table = new Table({
    head: ['extractor', 'table', 'read up to', 'last row', 'behind', 'rows', ''],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'left'],
    style: STYLE,
  });
  for (const { origin, extractor, table: name, folded_to, last_row, behind, rows, unfinished } of extractors) {
    const progress = [folded_to ?? '-', last_row ?? '-', behind === null ? '-' : grouped(behind), grouped(rows)];
    const said = origin === undefined ? extractor : `@${origin}/${extractor}`;
    table.push([visible(said), visible(name), ...progress, unfinished ? 'unfinished' : '']);
  }
  return table.toString();
}

function renderRuns(runs: readonly PastRun[]): string {
  const hasOrigins = runs.some(({ origin }) => origin !== undefined);
  const table = new Table({
    head: [
      'run',
      'started',
      hasOrigins ? 'outcome, origin' : 'outcome',
      'mode',
      'read',
      'inserted',
      'updated',
      'unchanged',
      'skipped',
    ],
    colAligns: ['right', 'left', 'left', 'left', 'right', 'right', 'right', 'right', 'right'],
    style: STYLE,
  });
  for (const { id, origin, started_at, outcome, mode, totals } of runs) {
    const counts = totals && [totals.read, totals.inserted, totals.updated, totals.unchanged, totals.skipped];
    const shown = counts ? counts.map(grouped) : ['-', '-', '-', '-', '-'];
    const said = [outcome ?? 'not finished', ...(origin === undefined ? [] : [origin])].join(', ');
    table.push([String(id), started_at, visible(said), visible(mode ?? '-'), ...shown]);
  }
  return table.toString();
}
