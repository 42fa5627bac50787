import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginOf,
  joinKey,
  kindOf,
  nodeId,
  originOf,
  partsOfKey,
  prefixOf,
  withoutPrefix,
} from '../../src/model/key.ts';

describe('joinKey', () => {
  it('escapes what would merge two keys', () => {
    expect(joinKey('err', ['a:b', 'c', '100%'])).toBe('err:a%3Ab:c:100%25');
  });

  it('never gives two lists of parts one key, and gives the parts back', () => {
    const parts = fc.array(
      fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(':', '%', 'a') })),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(parts, (list) => {
        expect(partsOfKey(joinKey('err', list))).toEqual(list);
      }),
    );
  });
});

describe('a key of an origin', () => {
  it('tells its origin, its kind and its parts apart, whatever they hold', () => {
    const text = fc.string({ unit: fc.constantFrom('@', ':', '%', 'a', ';') });
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('lap1', 'a.b-c_D', undefined),
        (list, origin) => {
          const key = joinKey(`${beginOf(origin)}err`, list);
          expect([originOf(key), prefixOf(key), kindOf(key)]).toEqual([origin, `${beginOf(origin)}err`, 'err']);
          expect(partsOfKey(key)).toEqual(list);
          expect(joinKey('err', list)).toBe(`err:${withoutPrefix(key)}`);
        },
      ),
    );
  });

  it('is none where nothing follows the origin', () => {
    for (const key of ['@lap1', '@lap1:err', ':x', 'x']) expect(prefixOf(key)).toBeUndefined();
  });
});

describe('nodeId', () => {
  it('pins the ids that graphs in the field hold', () => {
    expect(nodeId('audit_event', 'sys:42')).toBe('audit_event:sys:42');
    expect(nodeId('audit_event', joinKey('err', ['s', 'x'.repeat(600), 'unknown']))).toBe(
      `audit_event:err:s:${'x'.repeat(422)}~d3de10c513efcfcc40a3f2f124564db1f076e22a42e4d82b9f026be438fa0a3b`,
    );
  });

  it('cannot be spelt out by another key', () => {
    const long = `err:s:t:${'a'.repeat(600)}`;
    const forged = nodeId('audit_event', long).slice('audit_event:'.length);
    expect(nodeId('audit_event', forged)).not.toBe(nodeId('audit_event', long));
  });

  it('keeps an id of 512 bytes, and cuts one of 513 at a whole character', () => {
    const prefix = 'audit_event:'.length;
    expect(nodeId('audit_event', 'x'.repeat(512 - prefix))).toHaveLength(512);
    const cut = nodeId('audit_event', `${'x'.repeat(439 - prefix)}🍎${'y'.repeat(100)}`);
    expect(cut).toMatch(/^audit_event:x+~[0-9a-f]{64}$/);
    expect(Buffer.byteLength(cut)).toBe(439 + 1 + 64);
  });
});
