import { restoreGraph } from '../../jobs/restore.ts';
import { AuditError } from '../../model/errors.ts';
import { restoreAnswer } from '../../render/restore.ts';
import { answerText } from '../answer-text.ts';
import type { TaskShop } from '../task.ts';

/** What is told of a file that was sent, as nobody knows where it lies. */
const SENT = 'that was sent';

/** Which file is restored, and what was found when it was looked over before. */
interface RestoreOrder {
  readonly file: string;
  readonly dryRun: boolean;
  readonly integrityCheck: boolean;
  readonly warnings: readonly string[];
}

/** Restores a backup that somebody has sent, and has asked for in so many words. Gives the report as JSON. */
export async function restoreBackup(
  order: RestoreOrder,
  { desk, signal }: TaskShop<never>,
): Promise<{ readonly json: string; readonly warnings: readonly string[] }> {
  const { target, waitMs } = desk.settings;
  try {
    const report = await restoreGraph({ ...order, target, waitMs, isConfirmed: true, signal, clock: Date.now });
    const warnings = [...order.warnings, ...report.warnings];
    return { json: await answerText(restoreAnswer({ ...report, file: SENT, warnings }, false)), warnings };
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    throw new AuditError(error.code, error.message.replaceAll(order.file, SENT), error.hint, error);
  }
}
