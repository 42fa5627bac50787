import { entityNode } from '../model/entity.ts';
import type { Linker } from '../model/linker.ts';
import { textsOf } from './texts-of.ts';

/** The agents that called the tool. */
export const byAgent: Linker = {
  name: 'by-agent',
  version: 1,
  summary: 'the agent did it',
  edgeType: 'BY_AGENT',
  *link(event) {
    for (const name of textsOf(event.properties['agents'])) {
      yield { from: event, to: entityNode('agent', name, { agent_name: name }) };
    }
  },
};
