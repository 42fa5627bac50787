import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fieldChanges } from '../../src/render/field-changes.ts';

const node = {
  id: 'audit_event:sys:1',
  nodeType: 'audit_event',
  subtype: 'session_boundary',
  name: 'x',
  properties: '{}',
  sourceTable: 'system_events',
  sourceId: '1',
};
const changed = (before: string, after: string) =>
  fieldChanges({ ...node, properties: before }, { ...node, properties: after });

it('compares integers digit by digit, and values however deep', () => {
  const before = ' { "big" : 9007199254740992, "deep": {"a": [1, {"b": "}:,"}]}, "same": "\\"," }';
  const after = '{"big":9007199254740993,"deep":{"a":[1,{"b":"}:,"}]},"same":"\\","}';
  expect(changed(before, after)).toEqual([{ field: 'big', before: '9007199254740992', after: '9007199254740993' }]);
});

it('shows another spelling of the same values as a whole', () => {
  expect(changed('{ "a": 1 }', '{"a":1}')).toEqual([{ field: 'properties', before: '{ "a": 1 }', after: '{"a":1}' }]);
});

it('shows what is no object as a whole, and what is absent as (none)', () => {
  expect(changed('not json', '{"a":1}')).toEqual([{ field: 'properties', before: 'not json', after: '{"a":1}' }]);
  expect(changed('{}', '{"a":1}')).toEqual([{ field: 'a', before: '(none)', after: '1' }]);
});

it('finds the members that any JSON object has', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue()), (object) => {
      const found = changed('{}', JSON.stringify(object)).map(({ field, after }) => [field, JSON.parse(after)]);
      expect(Object.fromEntries(found)).toEqual(JSON.parse(JSON.stringify(object)));
    }),
  );
});
