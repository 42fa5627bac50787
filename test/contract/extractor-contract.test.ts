import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import slowTools from '../../docs/examples/slow-tools.js';
import { buildHostileTexts } from '../../fixtures/scenarios/hostile-texts.ts';
import { buildOrchardWeek } from '../../fixtures/scenarios/orchard-week.ts';
import { builtinExtractors } from '../../src/extractors/index.ts';
import type { AnyExtractor } from '../../src/model/extractor.ts';
import { hostileExtractor } from '../support/hostile-extractor.ts';
import { readContent } from '../support/read-graph.ts';
import { runJob } from '../support/run-job.ts';
import { tempFolder } from '../support/temp-folder.ts';

const extractors: readonly AnyExtractor[] = [...builtinExtractors, slowTools, hostileExtractor];

describe('the registry', () => {
  it.each(['name', 'subtype', 'prefix'] as const)('has no two extractors of one %s', (field) => {
    const values = extractors.map((extractor) => extractor[field]);
    expect(new Set(values).size).toBe(values.length);
  });
});

describe.each(extractors.map((extractor) => [extractor.name, extractor] as const))('%s', (_, extractor) => {
  const scenarios = { 'orchard week': buildOrchardWeek, 'hostile texts': buildHostileTexts };

  it('says who it is', () => {
    expect(extractor.name).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(extractor.subtype).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(extractor.prefix).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(extractor.summary).not.toMatch(/\n|\.$/);
    expect(Number.isInteger(extractor.version)).toBe(true);
  });

  describe.each(Object.entries(scenarios))('on %s', (_scenario, build) => {
    it('gives the same nodes in one window, in windows of one row and of seven, and in batches of one', async () => {
      const folder = tempFolder();
      const source = join(folder, 'sessions.db');
      build(source);
      const graphs = [];
      for (const sizes of [{}, { windowRows: 1 }, { windowRows: 7, batchSize: 1 }]) {
        const target = join(folder, `org-${graphs.length}.db`);
        const report = await runJob({ source, target, extractors: [extractor], ...sizes });
        expect(report).toMatchObject({ extractors: [{ status: 'ok' }] });
        graphs.push(readContent(target));
      }
      expect(graphs[1]).toEqual(graphs[0]);
      expect(graphs[2]).toEqual(graphs[0]);
    });

    it('makes nodes of its own subtype, with a name of one line and an object of properties', async () => {
      const source = join(tempFolder(), 'sessions.db');
      build(source);
      const target = `${source}.org.db`;
      await runJob({ source, target, extractors: [extractor] });
      for (const node of readContent(target)) {
        expect(node).toMatchObject({
          node_type: 'audit_event',
          subtype: extractor.subtype,
          source_table: extractor.table,
        });
        expect(node.id.startsWith(`audit_event:${extractor.prefix}:`)).toBe(true);
        expect(node.name).not.toMatch(/\p{Cc}|\p{Zl}|\p{Zp}|\p{White_Space}$/u);
        expect(JSON.parse(node.properties)).toBeTypeOf('object');
        expect(node.properties).not.toContain(':null');
      }
    });

    it('drafts the same from the same rows twice', async () => {
      const source = join(tempFolder(), 'sessions.db');
      build(source);
      const target = `${source}.org.db`;
      await runJob({ source, target, extractors: [extractor] });
      const again = await runJob({ source, target, extractors: [extractor] });
      expect(again.totals).toMatchObject({ inserted: 0, updated: 0 });
    });
  });
});
