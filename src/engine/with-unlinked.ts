import { summarizeError } from '../model/errors.ts';
import type { LinkTarget } from '../model/link-target.ts';
import type { Redactor } from '../model/redaction.ts';
import type { RunReport } from '../model/report.ts';
import { cleanSummary } from './clean-report.ts';

const WARNING = 'events that were written without edges have none yet; audit-extract link makes them';

/** Of a run that makes edges. */
interface Linking {
  readonly links: LinkTarget;
  readonly redactor: Redactor;
  readonly dryRun: boolean;
}

/** Tells of events that were written without their edges: a run makes those of what it writes itself. */
export async function withUnlinked(report: RunReport, { links, redactor, dryRun }: Linking): Promise<RunReport> {
  // A run that derives everything anew links everything, too.
  if (report.error || (dryRun && report.mode === 'full')) return report;
  try {
    const note = await links.readNote();
    if (note === undefined) return report;
    const [unlinked] = await links.readUnlinked('', 1);
    if (unlinked !== undefined) return { ...report, warnings: [...(report.warnings ?? []), WARNING] };
    if (!dryRun) await links.dropNote(note);
    return report;
  } catch (thrown) {
    return { ...report, error: cleanSummary(summarizeError(thrown), redactor) };
  }
}
