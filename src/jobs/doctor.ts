import type { AnyExtractor } from '../model/extractor.ts';
import type { DoctorReport, HealthFinding, SettingInForce } from '../model/health.ts';
import { createRedactor, RECOMMENDED } from '../redaction/create-redactor.ts';
import { sqliteVersion } from '../sqlite/health/sqlite-version.ts';
import { packageVersion } from './package-version.ts';
import { findingsOfSource } from './source-findings.ts';
import { findingsOfTarget } from './target-findings.ts';

/** What is to be looked at. Paths are absolute; undefined where none is known. */
export interface DoctorJob {
  readonly source: string | undefined;
  /** Of which its rows are. */
  readonly origin?: string | undefined;
  readonly target: string | undefined;
  readonly extractors: readonly AnyExtractor[];
  readonly settings: readonly SettingInForce[];
  /** What was found wrong with the settings. */
  readonly findings: readonly HealthFinding[];
  /** Whether files are checked from end to end. */
  readonly isDeep: boolean;
}

/** Looks at all that a run needs, and writes nothing. What fails on the way is a finding; the rest is looked at all the same. */
export async function examineHealth(job: DoctorJob): Promise<DoctorReport> {
  const { source, target } = job;
  const redactor = createRedactor(RECOMMENDED);
  const clean = (text: string) => redactor.clean(text);
  const ofSource = source === undefined ? [] : await findingsOfSource(source, job);
  // What keeps a source from being read need not be told twice.
  const readable = ofSource.some(({ check }) => check === 'source-file') ? undefined : source;
  const ofTarget = target === undefined ? [] : await findingsOfTarget(target, { ...job, source: readable });
  const found = [...job.findings, ...ofSource, ...ofTarget];
  const findings = found.map((finding) => ({ ...finding, what: clean(finding.what) }));
  return {
    schema: 'audit-extract/doctor@1',
    able: findings.every(({ status }) => status !== 'error'),
    program: packageVersion(),
    node: process.versions.node,
    sqlite: sqliteVersion(),
    source: source === undefined ? null : { path: source },
    target: target === undefined ? null : { path: target },
    settings: job.settings.map((setting) => ({ ...setting, value: clean(setting.value) })),
    findings,
  };
}
