import { type ActionLog, openActionLog } from '../../jobs/action-log.ts';
import { knownHooks } from '../../jobs/known-hooks.ts';
import { actionPreparer } from '../../jobs/prepare-action.ts';
import type { LoggedAction } from '../../model/action-report.ts';
import type { Entry } from '../../model/entry.ts';
import { AuditError } from '../../model/errors.ts';
import type { WrittenAction } from '../../model/user-action.ts';
import type { Desk } from '../desk.ts';
import { requireRoom } from '../require-room.ts';
import type { TaskShop } from '../task.ts';

export interface ActionToLog {
  readonly action: WrittenAction;
  readonly actor: string;
  readonly maxRecords: number | undefined;
}

/** What became of an action, and what is to be said of where it went. */
export interface ActionLogged extends LoggedAction {
  readonly warnings: readonly string[];
}

/** Logs what a user did. */
export function logAction(
  { action, actor, maxRecords }: ActionToLog,
  { desk, signal }: TaskShop<never>,
): Promise<ActionLogged> {
  const { target, trail, redaction, waitMs } = desk.settings;
  const clock = Date.now;
  return desk.inTurn(async () => {
    const entry = actionPreparer({ redaction, clock })(action);
    if (maxRecords !== undefined) await requireRoomFor(entry, desk, maxRecords);
    const hooks = await knownHooks(desk.settings);
    // The trail may be another one by now, so it is looked for each time.
    const log = await openActionLog({ target, trail, redaction, waitMs, hooks, actor, clock, signal });
    try {
      return await logOne(log, entry);
    } finally {
      await log.close();
    }
  });
}

async function logOne(log: ActionLog, entry: Entry): Promise<ActionLogged> {
  const { logged, error } = await log.log([entry]);
  if (error !== undefined) throw error;
  const [action] = logged;
  if (action === undefined) throw new Error('an action was logged, and none is told of');
  if (action.outcome === 'vetoed') {
    throw new AuditError('record-vetoed', `a hook has vetoed action ${action.id}`, 'ask whoever wrote the hook why');
  }
  return { ...action, warnings: log.warnings };
}

/** An action that is logged already needs none. */
async function requireRoomFor({ node: { id, nodeType: type } }: Entry, desk: Desk, maxRecords: number): Promise<void> {
  const { nodes } = await desk.store();
  if ((await nodes.get(id, { includeDeleted: true })) !== undefined) return;
  await requireRoom(nodes, { what: 'node', type, wanted: 1, maxRecords });
}
