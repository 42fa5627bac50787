import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectedEvent, type HolderType } from '../oracle/migrated-events.ts';
import { graphWith, readHoldings } from '../support/graph-rows.ts';
import { migrateJob } from '../support/migrate-job.ts';
import { numberedFiles } from './numbered-files.ts';
import { propertyRuns } from './property-runs.ts';

const IDS: Readonly<Record<HolderType, string>> = {
  ours: 'audit_trail:main',
  audit_trail: 'audit_trail:other',
  CDocs: 'docs',
  Folder: 'folder',
  cdocs: 'small docs',
  gone: 'nobody',
  deleted: 'audit_trail:deleted',
};
const TYPES = ['ours', 'audit_trail', 'CDocs', 'Folder', 'cdocs', 'gone', 'deleted'] as const;

const NODES = TYPES.filter((type) => type !== 'gone').map((type) => ({
  id: IDS[type],
  type: type === 'ours' || type === 'deleted' ? 'audit_trail' : type,
  deleted: type === 'deleted',
}));
const holdersCase = fc.array(fc.constantFrom(...TYPES), { maxLength: 4 });
const graphCase = fc.record({
  events: fc.array(holdersCase, { maxLength: 12 }),
  from: fc.constantFrom(['CDocs'], ['CDocs', 'Folder'], ['cdocs']),
  shape: fc.constantFrom('indexed' as const, 'bare' as const, 'odd' as const),
});

it('brings to the trail what the rules say, nothing else, and nothing the second time', async () => {
  const nextFiles = numberedFiles();
  await fc.assert(
    fc.asyncProperty(graphCase, async ({ events: all, from, shape }) => {
      // An odd table has no mark for what is deleted.
      const isUnmarkable = (type: HolderType) => shape === 'odd' && type === 'deleted';
      const events = all.map((holders) => holders.filter((type) => !isUnmarkable(type)));
      const target = nextFiles().target();
      const nodes = [...NODES, ...events.map((_, at) => ({ id: `audit_event:${at}` }))];
      const edges = events.flatMap((holders, at) =>
        holders.map((type) => ({ from: IDS[type], to: `audit_event:${at}` })),
      );
      graphWith({ nodes, edges }, shape, target);
      const expected = events.map((holders) => expectedEvent(holders, from));
      const count = (outcome: string) => expected.filter((event) => event.outcome === outcome).length;
      const counts = {
        success: true,
        events_migrated: count('migrated'),
        in_place: count('in_place'),
        on_other_trails: count('on_other_trails'),
        ambiguous: { events: count('ambiguous') },
        held_by_others: { events: count('held_by_others') },
      };

      expect(await migrateJob({ target, from, dryRun: true })).toMatchObject(counts);
      expect(await migrateJob({ target, from })).toMatchObject(counts);
      const holdings = expected.flatMap(({ holders }, at) =>
        holders.map((type) => `${IDS[type]} -> audit_event:${at}`),
      );
      expect(readHoldings(target)).toEqual(holdings.toSorted());

      const again = await migrateJob({ target, from });
      expect(again).toMatchObject({ ...counts, events_migrated: 0, in_place: expect.any(Number), held_by_others: {} });
      expect(readHoldings(target)).toEqual(holdings.toSorted());
    }),
    propertyRuns(60),
  );
});
