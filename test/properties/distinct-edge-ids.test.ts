import fc from 'fast-check';
import { expect, it } from 'vitest';
import { edgeId } from '../../src/model/edge.ts';
import { entityId, MAIN_TRAIL } from '../../src/model/entity.ts';
import { joinKey, nodeId } from '../../src/model/key.ts';
import { propertyRuns } from './property-runs.ts';

/** Texts of what edges and ids are joined with, and of what escaping makes. */
const text = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(fc.constantFrom('->', '-', '>', ':', '%', '%3A', '%25', 'tool', 'audit_event', 'sys', 'a', '~', '\0'), {
        minLength: 1,
        maxLength: 6,
      })
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.constantFrom('a', ':', '->', '😀').map((unit) => unit.repeat(300)) },
);
const event = fc.oneof(
  fc.tuple(text, text, text).map((parts) => nodeId('audit_event', joinKey('err', parts))),
  text.map((part) => nodeId('audit_event', joinKey('sys', [part]))),
);
const entity = fc
  .tuple(fc.constantFrom('tool', 'agent', 'session'), text)
  .map(([type, value]) => entityId(type, value));
const trail = fc.constant(MAIN_TRAIL);

const pairsOf = (from: fc.Arbitrary<string>, to: fc.Arbitrary<string>) =>
  fc.uniqueArray(fc.tuple(from, to), { selector: (pair) => JSON.stringify(pair), maxLength: 200, size: 'max' });

it.for([
  ['events and what they lead to', pairsOf(event, entity)],
  ['a trail and its events', pairsOf(trail, event)],
] as const)('gives each pair of nodes an edge id of its own: %s', ([, pairs]) => {
  fc.assert(
    fc.property(pairs, (all) => {
      const ids = all.map(([fromNode, toNode]) => edgeId({ edgeType: 'T', fromNode, toNode }));
      expect(new Set(ids).size).toBe(all.length);
    }),
    propertyRuns(200),
  );
});

it('keeps apart what reads alike', () => {
  const ids = [
    [['s', 't', 'e'], 'a->tool:b'],
    [['s', 't', 'e->tool:a'], 'b'],
    [['s', 't', 'e->tool'], 'a:b'],
    [['s->tool', 't', 'e'], 'b'],
    [['s', 't', 'e'], 'a->tool%3Ab'],
    [['s', 't', 'e->tool%3Aa'], 'b'],
    [['s', 't', 'e-'], '>b'],
    [['s', 't', 'e->'], 'b'],
    [['s', 't', 'e'], '->b'],
  ] as const;
  const edges = ids.map(([key, tool]) =>
    edgeId({
      edgeType: 'BY_TOOL',
      fromNode: nodeId('audit_event', joinKey('err', key)),
      toNode: entityId('tool', tool),
    }),
  );
  expect(new Set(edges).size).toBe(ids.length);
});
