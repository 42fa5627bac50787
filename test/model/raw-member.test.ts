import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rawItems, rawMember } from '../../src/model/raw-member.ts';
import { propertyRuns } from '../properties/property-runs.ts';

const layout = fc.constantFrom(undefined, 1, '\t', ' \n ');
const value = fc.jsonValue({ maxDepth: 3 });

describe('raw JSON', () => {
  it('gives the items of any list as they were written', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), layout, (list, space) => {
        const items = rawItems(JSON.stringify(list, null, space));
        expect(items.map((item) => JSON.parse(item))).toEqual(list.map((item) => JSON.parse(JSON.stringify(item))));
      }),
      propertyRuns(300),
    );
  });

  it('gives a member of any object as it was written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), fc.string(), layout, (object, other, space) => {
        const json = JSON.stringify(object, null, space);
        for (const name of [...Object.keys(object), other]) {
          const member = rawMember(json, name);
          const wanted: unknown = Object.hasOwn(object, name) ? JSON.parse(JSON.stringify(object[name])) : undefined;
          expect(member === undefined ? undefined : JSON.parse(member)).toEqual(wanted);
        }
      }),
      propertyRuns(300),
    );
  });

  it.each([
    ['[]', []],
    [' [ ] ', []],
    ['[12345678901234567890, 1.10]', ['12345678901234567890', '1.10']],
    ['[ {"a":[1,2],"b":"],"} , "\\"]," ]', ['{"a":[1,2],"b":"],"}', '"\\"],"']],
  ])('of %s has the items %j', (json, items) => {
    expect(rawItems(json)).toEqual(items);
  });

  it('takes the last of several members of a name, however it is escaped', () => {
    expect(rawMember('{"a": 1, "b": 2, "\\u0061": 30000000000000000001}', 'a')).toBe('30000000000000000001');
  });
});
