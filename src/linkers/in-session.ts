import { entityNode } from '../model/entity.ts';
import type { Linker } from '../model/linker.ts';
import { textsOf } from './texts-of.ts';

/** The session in which it was; of a system event the source's `entries` know it. */
export const inSession: Linker = {
  name: 'in-session',
  version: 1,
  summary: 'it was in the session',
  edgeType: 'IN_SESSION',
  *link(event) {
    for (const id of textsOf(event.session ?? event.properties['session_id'])) {
      yield { from: event, to: entityNode('session', id, { session_id: id }) };
    }
  },
};
