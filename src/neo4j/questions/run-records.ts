import type { KeptReading } from '../../model/checkpoint.ts';
import type { RunRecords } from '../../model/graph.ts';
import { isShortened } from '../../model/key.ts';
import { readProperties } from '../../model/properties.ts';
import { keysOf } from '../entry-keys.ts';
import type { Read } from '../reading.ts';

/** Of a graph that no run of ours has written. */
export const noRecords: RunRecords = {
  reading: async () => undefined,
  rowsOf: async () => undefined,
  openEdges: async () => ({ isOwed: false, isUnlinked: false }),
};

/** What runs have kept beside the graph. */
export function runRecords(read: Read): RunRecords {
  return {
    reading: async (extractor) => {
      const [row] = await read((tx) =>
        tx.run<{ json: string | null }>('MATCH (c:AuditCheckpoint {extractor: $extractor}) RETURN c.json AS json', {
          extractor,
        }),
      );
      return row && readingOf(row.json);
    },
    rowsOf: async (id) => {
      if (isShortened(id)) return undefined;
      const [row] = await read(async (tx) => {
        const key = (await keysOf(tx, [id])).get(id);
        if (key === undefined) return [];
        return tx.run<{ drafts: bigint }>('MATCH (e:AuditEntry {key: $key}) RETURN e.drafts AS drafts', { key });
      });
      return row && Number(row.drafts);
    },
    openEdges: () =>
      read(async (tx) => {
        const [owed] = await tx.run<object>('MATCH (e:AuditEntry) WHERE e.owed IS NOT NULL RETURN 1 AS one LIMIT 1');
        const noted = await tx.run<{ name: string }>(
          'MATCH (m:AuditMeta) WHERE m.name IN $names RETURN m.name AS name',
          { names: ['unlinked', 'linkers'] },
        );
        return { isOwed: owed !== undefined, isUnlinked: noted.length === 2 };
      }),
  };
}

/** What others have made of the JSON is no reading of ours. */
function readingOf(json: string | null): KeptReading | undefined {
  const { table, condition } = readProperties(json);
  if (typeof table !== 'string') return undefined;
  return { table, condition: isCondition(condition) ? condition : undefined };
}

function isCondition(value: unknown): value is NonNullable<KeptReading['condition']> {
  return typeof value === 'object' && value !== null && ('oneOf' in value || 'sql' in value);
}
