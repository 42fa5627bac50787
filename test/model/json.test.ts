import { expect, it } from 'vitest';
import { JsonNumber, toJson } from '../../src/model/json.ts';

it('writes compact JSON: keys in order, no null values, every digit of an integer', () => {
  const value = {
    b: 1n,
    a: 'é\n\u0000',
    none: null,
    gone: undefined,
    big: 2n ** 63n - 1n,
    exact: new JsonNumber('0.3'),
    list: ['x', 2.5],
  };
  expect(toJson(value)).toBe('{"b":1,"a":"é\\n\\u0000","big":9223372036854775807,"exact":0.3,"list":["x",2.5]}');
});

it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d, which JSON cannot hold', (value) => {
  expect(() => toJson({ value })).toThrow('JSON has no');
});

it.each([new Date(0), new Map(), () => 1])('refuses %s, which would become something else', (value) => {
  expect(() => toJson({ value: JSON.parse('null') ?? Object(value) })).toThrow('JSON has no');
});

it('takes a number from another copy of the class, and no digits that are no number', () => {
  expect(toJson(Object({ brand: 'audit-extract/JsonNumber', digits: '1.5' }))).toBe('1.5');
  expect(() => new JsonNumber('abc')).toThrow('JSON has no number abc');
});
