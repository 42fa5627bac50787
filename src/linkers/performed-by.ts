import { entityNode } from '../model/entity.ts';
import type { Linker } from '../model/linker.ts';
import { textsOf } from './texts-of.ts';

/** Who did what an event tells of. */
export const performedBy: Linker = {
  name: 'performed-by',
  version: 1,
  summary: 'the user did it',
  edgeType: 'PERFORMED_BY',
  *link(event) {
    const { userUID, userName } = event.properties;
    const [name] = textsOf(userName);
    for (const id of textsOf(userUID)) {
      const properties = { userUID: id, ...(name !== undefined && { userName: name }) };
      yield { from: event, to: entityNode('user', id, properties, name) };
    }
  },
};
