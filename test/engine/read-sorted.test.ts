import { renameSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell, FixtureRow } from '../../fixtures/sessions-db.ts';
import type { FlushPace } from '../../src/engine/flush-reading.ts';
import type { ReadEvent } from '../../src/engine/read-event.ts';
import { readFlushes } from '../../src/engine/read-flushes.ts';
import { readOnDisk } from '../../src/engine/read-on-disk.ts';
import { readingOf } from '../../src/engine/reading-of.ts';
import { toolErrors } from '../../src/extractors/tool-errors.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { AnyExtractor } from '../../src/model/extractor.ts';
import { notRedacting } from '../../src/model/redaction.ts';
import { compareUtf8 } from '../../src/model/text.ts';
import { openSource } from '../../src/sqlite/source/source.ts';
import { openStaging } from '../../src/sqlite/source/staging.ts';
import { hostileText } from '../properties/hostile-texts.ts';
import { propertyRuns } from '../properties/property-runs.ts';
import { failure, failures, orchard } from '../support/growing-orchard.ts';

const AT_THE_END: FlushPace = { everyMs: 60_000, afterKey: undefined };
const AFTER_EACH_WINDOW: FlushPace = { everyMs: 0, afterKey: undefined };

interface Options {
  readonly extractor?: AnyExtractor;
  readonly pace?: FlushPace;
  readonly windowRows?: number;
}

/** What a source comes to: sorted, and in the plain way of folding everything on disk. */
function readBoth(
  rows: readonly FixtureRow[],
  { extractor = toolErrors, pace = AT_THE_END, windowRows }: Options = {},
) {
  const scene = orchard({ tool_analytics: rows });
  const source = openSource(scene.source, { windowRows, redactor: notRedacting });
  try {
    const range = { after: undefined, upTo: source.rowIds('tool_analytics')?.highest ?? 0n };
    const reading = { ...readingOf(extractor, { settings: { errorStatuses: ['error'] } }), range };
    const desk = { source, openStaging };
    const sorted = [...readFlushes(extractor, desk, reading, pace)];
    const plain = [...readOnDisk(extractor, desk, reading, pace)];
    return { sorted, plain };
  } finally {
    source.close();
  }
}

const entriesOf = (events: readonly ReadEvent[]): readonly Entry[] =>
  events.flatMap((event) => (event.type === 'entries' ? event.entries : []));
const rowsOf = (events: readonly ReadEvent[]) =>
  events.reduce((sum, event) => sum + (event.type === 'window' ? event.rows : 0), 0);
const flushesOf = (events: readonly ReadEvent[]) => events.filter(({ type }) => type === 'flushed');

const cell: fc.Arbitrary<Cell> = fc.oneof(
  hostileText,
  fc.constantFrom<Cell>(null, 'Bash', 'Read', 'a'.repeat(3000), 7n, 0.1, Buffer.from('Read'), Buffer.from('a\0b')),
);
const time: fc.Arbitrary<Cell> = fc.oneof(
  fc.constantFrom<Cell>(null, 'soon', 2n ** 62n, -(2n ** 53n) - 1n, Number.POSITIVE_INFINITY),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.integer(),
);
const rows = fc.array(
  fc
    .record({ session_id: cell, tool_name: cell, error_type: cell, agent_name: cell, execution_time_ms: time })
    .map((row) => failure(row)),
  { maxLength: 40 },
);

describe('rows that are sorted before they are folded', () => {
  it('come to the same entries, in the same order, as rows that are folded on disk', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 50 }), (given, windowRows) => {
        const { sorted, plain } = readBoth(given, { windowRows });
        expect(entriesOf(sorted)).toEqual(entriesOf(plain));
        expect(rowsOf(sorted)).toBe(given.length);
        expect(flushesOf(sorted)).toEqual(flushesOf(plain));
        const keys = entriesOf(sorted).map(({ key }) => key);
        expect(keys).toEqual(keys.toSorted(compareUtf8));
      }),
      propertyRuns(150),
    );
  });

  it('are the same after a key that is in already', () => {
    const given = failures(60, (i) => ({ tool_name: `tool ${i % 7}` }));
    const { sorted, plain } = readBoth(given, { pace: { everyMs: 0, afterKey: 'err:s:tool 3:timeout' } });
    expect(entriesOf(sorted).map(({ key }) => key)).toEqual([4, 5, 6].map((i) => `err:s:tool ${i}:timeout`));
    expect(entriesOf(sorted)).toEqual(entriesOf(plain));
  });

  it('are handed out now and then where reading lasts, in flushes that end at a row id', () => {
    const given = failures(200, (i) => ({ tool_name: `tool ${i % 7}` }));
    const { sorted } = readBoth(given, { pace: AFTER_EACH_WINDOW, windowRows: 64 });
    expect(flushesOf(sorted).map((event) => 'upTo' in event && event.upTo)).toEqual([64n, 128n, 192n, 200n]);
    expect(entriesOf(sorted).reduce((sum, { drafts }) => sum + drafts, 0)).toBe(200);
  });

  it('that bytes alone tell apart are one entry where they read the same, wherever SQLite has put them', () => {
    const broken = ['x\xfe', 'x\xfey', 'x\xff', 'x\xffy', 'x\xfe', 'a', 'z'];
    const { sorted, plain } = readBoth(broken.map((name) => failure({ tool_name: Buffer.from(name, 'latin1') })));
    expect(entriesOf(sorted).map(({ key, drafts }) => [key, drafts])).toEqual([
      ['err:s:a:timeout', 1],
      ['err:s:x\ufffd:timeout', 3],
      ['err:s:x\ufffdy:timeout', 2],
      ['err:s:z:timeout', 1],
    ]);
    expect(entriesOf(sorted)).toEqual(entriesOf(plain));
    expect(rowsOf(sorted)).toBe(broken.length);
  });

  it('that are no UTF-8 keep their place among characters of four bytes', () => {
    const names = ['\u{1f600}', Buffer.from([0xff]), 's', Buffer.from([0xf1, 0x41]), Buffer.from([0x80])];
    const { sorted, plain } = readBoth(names.map((name) => failure({ session_id: name })));
    expect(entriesOf(sorted)).toEqual(entriesOf(plain));
    expect(entriesOf(sorted)).toHaveLength(4);
  });

  it('are taken in a thousand at a time, however many ids a window has', () => {
    const { sorted } = readBoth(failures(4500));
    const taken = sorted.flatMap((event) => (event.type === 'window' && event.rows > 0 ? [event.rows] : []));
    expect(Math.max(...taken)).toBe(1000);
    expect(rowsOf(sorted)).toBe(4500);
  });

  it('are not read from another file that has come to stand at the path', () => {
    const [scene, other] = [orchard({ tool_analytics: failures(3) }), orchard({ tool_analytics: failures(3) })];
    const source = openSource(scene.source, { redactor: notRedacting });
    renameSync(other.source, scene.source);
    const reading = readingOf(toolErrors, { settings: { errorStatuses: ['error'] } });
    const range = { after: undefined, upTo: 3n };
    const read = () => [...readFlushes(toolErrors, { source, openStaging }, { ...reading, range }, AT_THE_END)];
    expect(read).toThrow(/was replaced or removed while it was read/);
    source.close();
  });

  it('need not fit into memory one by one: large ones come a few at a time', () => {
    const given = failures(40, (i) => ({ agent_name: `${'x'.repeat(600_000)}${i}` }));
    const { sorted, plain } = readBoth(given);
    expect(sorted.filter(({ type }) => type === 'window').length).toBeGreaterThan(8);
    expect(entriesOf(sorted)).toEqual(entriesOf(plain));
  });

  it('whose key is of more than the columns that were promised are the failure of their extractor', () => {
    const extractor: AnyExtractor = { ...toolErrors, keyColumns: ['session_id'] };
    const given = failures(40, (i) => ({ tool_name: `tool ${(i * 7) % 5}` }));
    expect(() => readBoth(given, { extractor })).toThrow(/made a key of more than its key columns/);
  });
});
