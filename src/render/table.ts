import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { ErrorSummary } from '../model/errors.ts';
import type { Counts, ExtractorReport, RunReport } from '../model/report.ts';
import { ChangeSample } from './change-sample.ts';
import { renderEdges } from './edges.ts';
import { grouped } from './grouped.ts';
import { renderRetired, renderVetoed } from './not-counted.ts';
import type { RunRenderer } from './renderer.ts';
import { visible } from './visible.ts';

/** What a table is drawn for. */
export interface TableView {
  readonly color: boolean;
  /** Columns of the terminal; lines are cut to it. */
  readonly width: number;
  /** One line when something changed, nothing otherwise. */
  readonly quiet: boolean;
  /** The command to type next. */
  readonly next: string;
}

/** For people: counts by extractor, a sample of the changes, the next command. */
export function tableRenderer(view: TableView): RunRenderer {
  const sample = new ChangeSample();
  return (event) => {
    if (event.type === 'batch-written') sample.add(event.extractor, event.changes);
    if (event.type !== 'run-finished') return '';
    return view.quiet ? renderLine(event.report) : renderReport(event.report, sample, view);
  };
}

/** The run in one line, for a mail from cron; nothing where there is nothing to tell. */
function renderLine(report: RunReport): string {
  const { inserted, updated } = report.totals;
  if (inserted + updated > 0) return `${originOf(report)}${summarize(report)}\n`;
  if (report.edges !== undefined && report.edges.inserted > 0)
    return `${renderEdges(report.edges, report.dry_run).join('\n')}\n`;
  const [retired] = renderRetired(report);
  return retired === undefined ? '' : `${retired}\n`;
}

function renderReport(report: RunReport, sample: ChangeSample, view: TableView): string {
  const bold = (text: string) => (view.color ? styleText('bold', text) : text);
  const parts = [
    `${originOf(report)}${visible(report.source.path)} -> ${visible(report.target.path)}`,
    renderCounts(report, view),
    bold(summarize(report)),
    ...(report.edges ? renderEdges(report.edges, report.dry_run) : []),
    ...renderRetired(report),
    ...renderVetoed(report),
    ...renderSecrets(report),
    ...sample.render(report, view.width),
    ...(report.error ? [] : [`Next: ${bold(visible(nextCommand(report, view)))}`]),
  ];
  return `${parts.join('\n')}\n`;
}

const originOf = ({ origin }: RunReport): string => (origin === undefined ? '' : `${visible(origin)}: `);

/** A dry run is followed by the run that does just what it showed. */
function nextCommand({ plan }: RunReport, { next }: TableView): string {
  return plan === undefined ? next : `${next} --plan ${plan}`;
}

function renderSecrets({ redacted = {}, replaced, dry_run }: RunReport): readonly string[] {
  const kinds = Object.entries(redacted).map(([kind, count]) => `${grouped(count)} ${kind}`);
  const left = replaced ? replaced.nodes - replaced.retired : 0;
  const others = 'under ids that other rules for secrets have replaced';
  return [
    ...(kinds.length > 0 ? [`Secrets ${dry_run ? 'to replace' : 'replaced'}: ${kinds.join(', ')}.`] : []),
    ...(replaced && replaced.retired > 0 ? [`${grouped(replaced.retired)} nodes removed that stood ${others}.`] : []),
    ...(left > 0
      ? [`${grouped(left)} nodes stand ${others}: ${visible(replaced?.ids[0] ?? '')}${left > 1 ? ', ...' : ''}`]
      : []),
  ];
}

function renderCounts(report: RunReport, { color }: TableView): string {
  const table = new Table({
    head: ['extractor', 'status', 'read', 'inserted', 'updated', 'unchanged', 'skipped'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const extractor of report.extractors)
    table.push([visible(extractor.name), statusOf(extractor, color), ...numbersOf(extractor)]);
  if (report.extractors.length > 1) table.push(['total', '', ...numbersOf(report.totals)]);
  return table.toString();
}

function statusOf({ status, pruned }: ExtractorReport, color: boolean): string {
  const style = ({ ok: 'green', skipped: 'yellow', failed: 'red' } as const)[status];
  const text = pruned ? `${status}, pruned` : status;
  return color ? styleText(style, text) : text;
}

function numbersOf(counts: Counts): string[] {
  return [counts.read, counts.inserted, counts.updated, counts.unchanged, counts.skipped].map(grouped);
}

function summarize({ totals, mode, dry_run, duration_ms, error, extractors }: RunReport): string {
  const someFailed = extractors.some(({ status }) => status === 'failed');
  const counts = dry_run
    ? `${grouped(totals.inserted)} to insert, ${grouped(totals.updated)} to update`
    : `${grouped(totals.inserted)} inserted, ${grouped(totals.updated)} updated`;
  const how = `${mode} run, ${(duration_ms / 1000).toFixed(1)} s`;
  return `${outcomeOf(error, someFailed, dry_run)}: ${counts}, ${grouped(totals.unchanged)} unchanged (${how}).`;
}

function outcomeOf(error: ErrorSummary | undefined, someFailed: boolean, dryRun: boolean): string {
  if (error?.code.startsWith('interrupted')) return 'Interrupted';
  if (error) return 'Failed';
  if (someFailed) return 'Done in part';
  return dryRun ? 'Dry run, nothing written' : 'Done';
}
