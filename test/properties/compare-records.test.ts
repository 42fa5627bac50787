import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareRecords } from '../../src/engine/compare-records.ts';
import type { DerivedEvent } from '../../src/engine/derived-entries.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { RecordedNode } from '../../src/model/recorded-graph.ts';
import { propertyRuns } from './property-runs.ts';

const recordOf = (key: string): RecordedNode => ({
  ...{ key, drafts: 1, leaf: '', state: null, id: key, node: undefined, isDeleted: false },
});

const entryOf = (key: string): Entry => ({
  ...{ key, drafts: 1, known: 0, state: null },
  node: {
    id: key,
    nodeType: 'audit_event',
    subtype: 'x',
    name: key,
    properties: '{}',
    sourceTable: 't',
    sourceId: key,
  },
  facets: { first: null, last: null, session: null, user: null, what: null, how: null, text: null, days: null },
});

/** Some keys in their order, cut into pages, of which some may be empty. */
const pagesOfKeys = fc
  .uniqueArray(fc.integer({ min: 100, max: 140 }), { maxLength: 30 })
  .chain((numbers) =>
    fc.tuple(
      fc.constant(numbers.map(String).toSorted()),
      fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 10 }),
    ),
  )
  .map(([keys, sizes]) => {
    const pages: string[][] = [];
    for (let at = 0, turn = 0; at < keys.length; turn++) {
      const size = sizes[turn % sizes.length] ?? 0;
      pages.push(keys.slice(at, at + size));
      at += size;
      if (turn > 1000) return [keys];
    }
    return pages;
  });

async function* inPages<Item>(pages: readonly (readonly string[])[], make: (key: string) => Item) {
  for (const page of pages) yield page.map(make);
}

async function* derivedFrom(pages: readonly (readonly string[])[]): AsyncGenerator<DerivedEvent> {
  for await (const entries of inPages(pages, entryOf)) yield { type: 'derived', entries };
}

it('records and what follows from the source meet by their keys, wherever pages of either end', async () => {
  await fc.assert(
    fc.asyncProperty(pagesOfKeys, pagesOfKeys, async (recorded, derived) => {
      const said: string[] = [];
      const jury = {
        recorded: ({ key }: RecordedNode, entry: Entry | undefined) => void said.push(`${key} = ${entry?.key}`),
        unrecorded: ({ key }: Entry) => void said.push(`${key} alone`),
      };
      for await (const _ of compareRecords(inPages(recorded, recordOf), derivedFrom(derived), jury)) {
        // Nothing else is told.
      }
      const [records, entries] = [new Set(recorded.flat()), new Set(derived.flat())];
      const keys = [...new Set([...records, ...entries])].toSorted();
      expect(said).toEqual(
        keys.map((key) => (records.has(key) ? `${key} = ${entries.has(key) ? key : undefined}` : `${key} alone`)),
      );
    }),
    propertyRuns(300),
  );
});
