import { exportGraph } from '../../jobs/export-graph.ts';
import { replaceFileBy } from '../../jobs/replace-file.ts';
import { exportParts } from '../../render/export-parts.ts';
import type { TaskShop } from '../task.ts';

/** Writes all rows of the graph, as CSV in a zip, to a file. */
export async function writeExport(
  { file, includeDeleted }: { readonly file: string; readonly includeDeleted: boolean },
  { desk, signal }: TaskShop<never>,
): Promise<void> {
  const { target, redaction } = desk.settings;
  await exportGraph({ target, redaction, includeDeleted, edges: 'all', signal }, (graph) =>
    replaceFileBy(file, exportParts(graph, 'csv')),
  );
}
