import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildSessionsDb, UNTYPED_COLUMNS, usualTables } from '../../fixtures/sessions-db.ts';
import { readNodes } from '../support/read-graph.ts';
import { runJob } from '../support/run-job.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { hostileText } from './hostile-texts.ts';
import { propertyRuns } from './property-runs.ts';

/** Parts out of what is escaped and what escaping makes, some so long that ids are shortened. */
const part = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.string({ unit: fc.constantFrom(':', '%', '3', 'A', '2', '5', '~'), minLength: 1, maxLength: 4 }),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 430, max: 520 })
      .chain((length) => fc.constantFrom('a', ':', '%', 'é', '😀').map((unit) => unit.repeat(length))),
  },
  { weight: 1, arbitrary: hostileText.map((text) => text || 'unknown') },
);

const keys = fc.uniqueArray(fc.tuple(part, part, part), {
  selector: (key) => JSON.stringify(key),
  maxLength: 60,
  size: 'max',
});

it('gives each group of tool errors an id of its own', async () => {
  const folder = tempFolder();
  let count = 0;
  await fc.assert(
    fc.asyncProperty(keys, async (triples) => {
      count += 1;
      const source = join(folder, `${count}-sessions.db`);
      const target = join(folder, `${count}-org.db`);
      const rows = triples.map(([session_id, tool_name, error_type]) => ({
        session_id,
        tool_name,
        error_type,
        status: 'error',
      }));
      buildSessionsDb(source, usualTables({ tool_analytics: rows }, UNTYPED_COLUMNS));
      await runJob({ source, target });
      const nodes = readNodes(target);
      const kept = nodes.map(({ properties }) => {
        const { session_id, tool_name, error_type, error_count } = JSON.parse(properties);
        return [[session_id, tool_name, error_type], error_count];
      });
      expect(new Set(kept.map((one) => JSON.stringify(one)))).toEqual(
        new Set(triples.map((key) => JSON.stringify([key, 1]))),
      );
      expect(Math.max(0, ...nodes.map(({ id }) => Buffer.byteLength(id)))).toBeLessThanOrEqual(512);
    }),
    propertyRuns(60),
  );
});
