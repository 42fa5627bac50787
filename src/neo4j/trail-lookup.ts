import { AUDIT_TRAIL, type TrailLookup } from '../model/trail.ts';
import { findNodes } from './found-nodes.ts';
import { readNodePage } from './node-pages.ts';
import type { Read } from './reading.ts';

/** Finds trails; each answer is one call of `read`, which may give a transaction that is open. */
export function trailLookup(read: Read): TrailLookup {
  const find = (id: string) => read(async (tx) => (await findNodes(tx, [id], true)).get(id));
  return {
    has: async (id) => {
      const node = await find(id);
      return node?.nodeType === AUDIT_TRAIL && node.deletedAt === null;
    },
    ids: async (limit) => {
      const question = { type: AUDIT_TRAIL, includeDeleted: false, after: undefined, limit };
      const trails = await read((tx) => readNodePage(tx, question));
      return trails.map(({ id }) => id);
    },
    isTaken: async (id) => (await find(id)) !== undefined,
  };
}
