import { backupGraph } from '../../jobs/backup.ts';
import type { TaskShop } from '../task.ts';

/** Makes a backup of the graph in a file. */
export async function writeBackup(
  { file }: { readonly file: string },
  { desk, signal }: TaskShop<never>,
): Promise<void> {
  const { target, source, waitMs } = desk.settings;
  await backupGraph({ target, source, waitMs, file, replace: false, signal, clock: Date.now });
}
