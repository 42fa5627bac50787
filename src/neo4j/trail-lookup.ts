import { AUDIT_TRAIL, type TrailLookup } from '../model/trail.ts';
import type { Connection } from './connection.ts';
import { findNodes } from './found-nodes.ts';
import { labelOf, quoteName } from './labels.ts';

const TRAILS = `(n:${quoteName(labelOf(AUDIT_TRAIL))})`;

/** Which trails a graph has, whoever made them. */
export function openTrailLookup(connection: Pick<Connection, 'read'>): TrailLookup {
  return {
    has: async (id) => {
      const found = await connection.read((tx) => findNodes(tx, [id], false));
      const node = found.get(id);
      return node !== undefined && node.nodeType === AUDIT_TRAIL && node.deletedAt === null;
    },
    ids: async (limit) => {
      // What is no text is no id; texts come in the order of the index.
      const rows = await connection.read((tx) =>
        tx.run<{ id: string }>(
          `MATCH ${TRAILS} WHERE n.UID >= '' AND n.deleted_at IS NULL
           RETURN DISTINCT n.UID AS id ORDER BY id LIMIT $limit`,
          { limit: BigInt(limit) },
        ),
      );
      return rows.map(({ id }) => id);
    },
    isTaken: async (id) => (await connection.read((tx) => findNodes(tx, [id], true))).has(id),
  };
}
