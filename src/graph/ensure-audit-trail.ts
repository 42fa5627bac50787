import type { GraphEditor } from '../model/graph-editor.ts';
import { chooseTrail, noTrail } from './choose-trail.ts';

/**
 * Finds the trail of a graph, or makes it, and gives its id. Others may do the same at the same time: all come to the
 * same node, as the first one makes it and nobody makes it anew.
 */
export async function ensureAuditTrail(
  editor: Pick<GraphEditor, 'trails' | 'makeNode'>,
  name: string | undefined,
  now: string,
): Promise<string> {
  const chosen = await chooseTrail(editor.trails, name, now);
  if (!('nodeType' in chosen)) return chosen.id;
  await editor.makeNode(chosen);
  if (await editor.trails.has(chosen.id)) return chosen.id;
  throw noTrail(chosen.id);
}
