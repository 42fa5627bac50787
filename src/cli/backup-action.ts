import { backupGraph } from '../jobs/backup.ts';
import { backupAnswer } from '../render/backup.ts';
import type { BackupFlags } from './commands/backup.ts';
import { copyAction } from './copy-action.ts';
import type { Io } from './io.ts';
import type { Screen } from './screen.ts';

/** `audit-extract backup FILE`. Gives the exit code. */
export function backupAction(file: string, flags: BackupFlags, io: Io, screen: Screen): Promise<number> {
  return copyAction('backup', file, flags, io, screen, async (asked) => {
    const report = await backupGraph({ ...asked, replace: flags.force === true });
    return backupAnswer(report, flags.quiet === true);
  });
}
