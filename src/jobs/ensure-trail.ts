import { recordCleaner } from '../engine/clean-record.ts';
import { ensureAuditTrail as ensureInGraph } from '../graph/ensure-audit-trail.ts';
import { createRedactor, RECOMMENDED } from '../redaction/create-redactor.ts';
import { currentUser } from './current-user.ts';
import { withDatabase } from './with-database.ts';

/** Which trail of which graph. */
export interface EnsureAuditTrailOptions {
  /** The path of a graph that is there. */
  readonly target: string;
  /** With its type or without; the graph's main or only one unless named. */
  readonly trail?: string;
  /** Who is said to have made it; the user of the system unless given. */
  readonly actor?: string;
  /** How long locks of others are waited for, in milliseconds; 5,000 at the least. */
  readonly waitMs?: number;
}

/**
 * Finds the trail of a graph, or makes it, and gives its id; called again, or by many at once, it is the same one. Throws
 * an `AuditError` where there is no graph, and where it has several trails and none is named.
 */
export function ensureAuditTrail({
  target,
  trail,
  actor = currentUser(),
  waitMs = 0,
}: EnsureAuditTrailOptions): Promise<string> {
  return withDatabase(target, async (database) => {
    await database.requireThere();
    const now = new Date().toISOString();
    const { signal } = new AbortController();
    const editor = await database.openEditor({
      ...{ hooks: [], now, actor, patience: { waitMs, signal } },
      cleaner: recordCleaner(createRedactor(RECOMMENDED)),
    });
    try {
      return await ensureInGraph(editor, trail, now);
    } finally {
      await editor.close();
    }
  });
}
