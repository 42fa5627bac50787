import type { ExtractorReport, RunReport } from '../model/report.ts';
import { grouped } from './grouped.ts';

/** Nodes that were deleted as their rows are gone, for people: no column of a report has them. */
export function renderRetired({ extractors, dry_run }: RunReport): readonly string[] {
  const retired = sumOf(extractors, 'retired');
  return retired === 0 ? [] : [`${nodes(retired)} ${dry_run ? 'to delete' : 'deleted'}: the rows are gone.`];
}

/** The same of nodes that hooks kept out. */
export function renderVetoed({ extractors }: RunReport): readonly string[] {
  const vetoed = sumOf(extractors, 'vetoed');
  return vetoed === 0 ? [] : [`${nodes(vetoed)} not written: a hook has vetoed ${vetoed === 1 ? 'it' : 'them'}.`];
}

const sumOf = (extractors: readonly ExtractorReport[], count: 'retired' | 'vetoed'): number =>
  extractors.reduce((sum, extractor) => sum + (extractor[count] ?? 0), 0);

const nodes = (count: number): string => `${grouped(count)} ${count === 1 ? 'node' : 'nodes'}`;
