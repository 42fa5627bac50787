import { askGraph } from '../jobs/ask-graph.ts';
import { readTrail } from '../jobs/read-trail.ts';
import { trailAnswer } from '../render/trail.ts';
import { answerAction } from './answer-action.ts';
import type { TrailFlags } from './commands/trail.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { resolveSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';

/** `audit-extract trail`: reads the graph and changes nothing. Gives the exit code. */
export function trailAction(flags: TrailFlags, io: Io, screen: Screen): Promise<number> {
  return answerAction('trail', flags, io, screen, async ({ target }) => {
    const { trail } = resolveSettings(await layersOf(flags, io));
    return trailAnswer(await readTrail(askGraph(target, io.signal), trail));
  });
}
