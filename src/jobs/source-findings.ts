import { lookupWarnings } from '../engine/lookup-warnings.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { HealthFinding } from '../model/health.ts';
import { notRedacting } from '../model/redaction.ts';
import type { Source } from '../model/source.ts';
import { readFileHealth } from '../sqlite/health/file-health.ts';
import { openSource } from '../sqlite/source/source.ts';
import { checkNames, requireSourceFile } from './check-paths.ts';
import type { DoctorJob } from './doctor.ts';
import { judgeFile } from './judge-file.ts';
import { look } from './look.ts';

/** What is to be said of a source: file, then tables. */
export async function findingsOfSource(
  path: string,
  { extractors, isDeep }: Pick<DoctorJob, 'extractors' | 'isDeep'>,
): Promise<readonly HealthFinding[]> {
  const ofFile = await look('source-file', () => {
    checkNames(path, path);
    requireSourceFile(path);
    return judgeFile('source', readFileHealth({ role: 'source', path }, isDeep), isDeep);
  });
  // Where it cannot be opened, its tables would say the same again.
  if (ofFile.some(({ check }) => check === 'source-file')) return ofFile;
  return [...ofFile, ...(await look('source-tables', () => findingsOfTables(path, extractors)))];
}

function findingsOfTables(path: string, extractors: readonly AnyExtractor[]): readonly HealthFinding[] {
  const source = openSource(path, { redactor: notRedacting });
  try {
    const there = extractors.filter(({ table }) => source.hasTable(table));
    if (there.length === 0) {
      const what = `none of the tables ${[...new Set(extractors.map(({ table }) => table))].join(', ')}`;
      return [{ check: 'source-tables', status: 'error', what, todo: 'name a sessions.db with --source' }];
    }
    return extractors.flatMap((extractor) => [tableOf(source, extractor), ...lookupOf(source, extractor)]);
  } finally {
    source.close();
  }
}

function tableOf(source: Source, { name, table, columns }: AnyExtractor): HealthFinding {
  const check = 'source-tables';
  if (!source.hasTable(table)) {
    return {
      check,
      status: 'advice',
      what: `no ${table}: ${name} is skipped`,
      todo: `leave it out with --skip ${name}`,
    };
  }
  const missing = source.missingColumns(table, columns);
  if (missing.length === 0) return { check, status: 'ok', what: `${table} has what ${name} reads`, todo: null };
  const what = `${table} has no column ${missing.join(', ')}, which ${name} reads`;
  return { check, status: 'warning', what, todo: `leave it out with --skip ${name}, or name another source` };
}

/** Rows that are read beside others have to be found at once. */
function lookupOf(source: Source, extractor: AnyExtractor): readonly HealthFinding[] {
  const todo = 'have the program that writes the source make a unique index of its id; this one never writes there';
  return lookupWarnings(extractor, source).map((what) => ({ check: 'source-indexes', status: 'advice', what, todo }));
}
