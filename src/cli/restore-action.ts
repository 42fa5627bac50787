import { restoreGraph } from '../jobs/restore.ts';
import { restoreAnswer } from '../render/restore.ts';
import type { RestoreFlags } from './commands/restore.ts';
import { copyAction } from './copy-action.ts';
import type { Io } from './io.ts';
import type { Screen } from './screen.ts';

/** `audit-extract restore FILE`. Gives the exit code. */
export function restoreAction(file: string, flags: RestoreFlags, io: Io, screen: Screen): Promise<number> {
  return copyAction('restore', file, flags, io, screen, async (asked) => {
    const report = await restoreGraph({ ...asked, dryRun: flags.dryRun === true, isConfirmed: flags.yes === true });
    return restoreAnswer(report, flags.quiet === true);
  });
}
