import { entityNode } from '../model/entity.ts';
import type { Linker } from '../model/linker.ts';
import { textsOf } from './texts-of.ts';

/** The tool that failed. */
export const byTool: Linker = {
  name: 'by-tool',
  version: 1,
  summary: 'the tool did it',
  edgeType: 'BY_TOOL',
  *link(event) {
    for (const name of textsOf(event.properties['tool_name'])) {
      yield { from: event, to: entityNode('tool', name, { tool_name: name }) };
    }
  },
};
