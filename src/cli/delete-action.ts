import { deleteRecords } from '../jobs/delete-records.ts';
import { knownHooks } from '../jobs/known-hooks.ts';
import { deletionAnswer } from '../render/deletion.ts';
import { answerAction } from './answer-action.ts';
import type { DeleteFlags } from './commands/delete.ts';
import type { Io } from './io.ts';
import { requireActor } from './require-actor.ts';
import { resolveSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';

type Act = (ids: readonly string[], flags: DeleteFlags, io: Io, screen: Screen) => Promise<number>;

/** `audit-extract delete`: gives the exit code. */
export const deleteAction: Act = (...asked) => act('delete', ...asked);

/** `audit-extract undelete`: the same. */
export const undeleteAction: Act = (...asked) => act('undelete', ...asked);

function act(action: 'delete' | 'undelete', ...[ids, flags, io, screen]: Parameters<Act>): Promise<number> {
  return answerAction(action, flags, io, screen, async ({ target }, layers) => {
    const settings = resolveSettings(layers);
    const { waitMs } = settings;
    const { signal, clock } = io;
    const hooks = await knownHooks(settings);
    const actor = requireActor(flags.actor);
    const dryRun = flags.dryRun === true;
    const answer = deletionAnswer(
      await deleteRecords({ action, ids, target, actor, hooks, dryRun, waitMs, signal, clock }),
    );
    const isNews = answer.rows.some(({ outcome }) => outcome === 'changed');
    return flags.quiet && !isNews ? { ...answer, draw: () => '' } : answer;
  });
}
