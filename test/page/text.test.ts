import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExact } from '../../src/page/api/exact-json.ts';
import { readEvents, type ServerEvent } from '../../src/page/api/server-events.ts';
import { changedFields } from '../../src/page/parts/changed-fields.ts';
import { parseRoute, routeLink } from '../../src/page/routes/route.ts';
import { plainText, textParts } from '../../src/page/text/hidden.ts';
import { shorten } from '../../src/page/text/shorten.ts';
import { expectHarmless } from '../support/hostile-scene.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';

describe('texts from data', () => {
  test('lose what hides in them, whatever they are', () => {
    for (const [name, text] of Object.entries(HOSTILE_TEXTS)) expectHarmless(plainText(text), name);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expectHarmless(plainText(text), text)));
  });

  test('are as they were where nothing hides', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\p{L}\p{N} ]*$/u), (text) => {
        expect(plainText(text)).toBe(text);
      }),
    );
  });

  test('keep their lines where they are wanted', () => {
    expect(textParts('a\nb', '\n')).toEqual([{ type: 'text', text: 'a\nb' }]);
    expect(plainText('a\nb')).toBe('a↵b');
  });

  test('pile no more than a few marks over a letter', () => {
    expect(plainText(`z${'\u0300'.repeat(180)}a`)).toBe(`z${'\u0300'.repeat(4)}+176a`);
  });

  test('are cut between characters, and say how much is left out', () => {
    expect(shorten('🍎🍎🍎', 3)).toEqual({ text: '🍎', omitted: 4 });
    expect(shorten('plum', 4)).toEqual({ text: 'plum', omitted: 0 });
  });
});

describe('links of the page', () => {
  test('lead where they came from, whatever a node is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (subject, value) => {
        const query = value === '' ? {} : { text: value };
        expect(parseRoute(routeLink('node', subject, query))).toEqual({ view: 'node', subject, query });
      }),
    );
  });

  test('that nobody understands lead to the overview', () => {
    for (const hash of ['', '#', '#/', '#/nowhere', '#overview?%']) expect(parseRoute(hash).view).toBe('overview');
    expect(parseRoute('#/node/%E0%A4%A').subject).toBe('%E0%A4%A');
  });
});

describe('events of a run', () => {
  test('are read whole, however they are cut on their way', async () => {
    const text = ': hello\n\nid: 1\nevent: window-read\ndata: {"read":1}\n\nid: 2\nevent: run-finished\ndata: {}\n\n';
    for (let size = 1; size <= text.length; size++) {
      const events: ServerEvent[] = [];
      for await (const event of readEvents(cut(text, size))) events.push(event);
      expect(events).toEqual([
        { id: '1', name: 'window-read', data: '{"read":1}' },
        { id: '2', name: 'run-finished', data: '{}' },
      ]);
    }
  });

  async function* cut(text: string, size: number): AsyncGenerator<string> {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
});

describe('what a change made of a record', () => {
  test('is told field by field, properties among them', () => {
    const before = { id: 'a', name: 'plum', properties: { count: 1, tool: 'Bash' } };
    const after = { id: 'a', name: 'plum', properties: { count: 2, tool: 'Bash', agent: 'pruner' } };
    expect(changedFields(before, after)).toEqual([
      { name: 'count', was: 1, is: 2 },
      { name: 'agent', was: undefined, is: 'pruner' },
    ]);
    expect(changedFields(null, { id: 'a', properties: 'no object' })).toEqual([
      { name: 'id', was: undefined, is: 'a' },
      { name: 'properties', was: undefined, is: 'no object' },
    ]);
  });
});

test('integers that numbers cannot hold keep their digits where the engine tells how they were written', () => {
  const tells = JSON.parse('[1]', (_, value, from?: { source?: string }) => from?.source ?? value);
  const wanted = tells[0] === '1' ? 9_007_199_254_740_993n : 9_007_199_254_740_992;
  expect(parseExact('{"a":9007199254740993,"b":1.5}')).toEqual({ a: wanted, b: 1.5 });
});
