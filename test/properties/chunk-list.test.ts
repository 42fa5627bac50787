import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderedLeafDigest } from '../../src/model/leaf-digest.ts';
import type { Leaf } from '../../src/model/recorded-graph.ts';
import { compareUtf8 } from '../../src/model/text.ts';
import { ChunkList, type LeafChange } from '../../src/neo4j/target/chunk-list.ts';
import { propertyRuns } from './property-runs.ts';

/** Few keys, so that they meet; many enough to begin several chunks. */
const key = fc.oneof(
  fc.integer({ min: 0, max: 600 }).map((i) => `err:s${i}`),
  fc.constantFrom('a\u{1f600}', 'a\ufffd', 'a', '~'),
);
const batch = fc.array(fc.record({ key, leaf: fc.option(fc.constantFrom('x', 'y', 'z'), { nil: undefined }) }), {
  maxLength: 300,
});

it('keeps the fingerprint that all leaves would give, whatever comes, changes and goes', () => {
  fc.assert(
    fc.property(fc.array(batch, { minLength: 1, maxLength: 8 }), (batches) => {
      const leaves = new Map<string, string>();
      let list = new ChunkList([]);
      for (const given of batches) {
        const changes = new Map<string, LeafChange>();
        for (const { key: changed, leaf } of given) {
          changes.set(changed, { key: changed, leaf, before: changes.get(changed)?.before ?? leaves.get(changed) });
        }
        const all = inOrder(leaves);
        const stretches = list.stretchesOf([...changes.values()]);
        const remaking = list.remake(stretches, ({ from, before }) =>
          all.filter(
            (one) => compareUtf8(one.key, from) >= 0 && (before === undefined || compareUtf8(one.key, before) < 0),
          ),
        );
        for (const { key: changed, leaf } of changes.values()) {
          if (leaf === undefined) leaves.delete(changed);
          else leaves.set(changed, leaf);
        }
        expect(remaking.wasTrue).toBe(true);
        list = remaking.list;
        expect(list.digest()).toEqual(digestOf(inOrder(leaves)));
      }
    }),
    propertyRuns(150),
  );
});

describe('tells that somebody else has written', () => {
  const { list } = remake(new ChunkList([]), [{ key: 'err:a', leaf: 'x', before: undefined }], []);
  const added = { key: 'err:b', leaf: 'y', before: undefined };

  it('past a leaf that stays', () => {
    expect(remake(list, [added], [{ key: 'err:a', leaf: 'x' }]).wasTrue).toBe(true);
    expect(remake(list, [added], [{ key: 'err:a', leaf: 'altered' }]).wasTrue).toBe(false);
    expect(remake(list, [added], []).wasTrue).toBe(false);
  });

  it('what whoever changes it has not found', () => {
    const changed = { key: 'err:a', leaf: 'y', before: 'x' };
    expect(remake(list, [changed], [{ key: 'err:a', leaf: 'x' }]).wasTrue).toBe(true);
    expect(remake(list, [{ ...changed, before: 'z' }], [{ key: 'err:a', leaf: 'x' }]).wasTrue).toBe(false);
  });

  function remake(of: ChunkList, changes: readonly LeafChange[], leaves: readonly Leaf[]) {
    return of.remake(of.stretchesOf(changes), () => leaves);
  }
});

function inOrder(leaves: ReadonlyMap<string, string>): readonly Leaf[] {
  return [...leaves].map(([name, leaf]) => ({ key: name, leaf })).sort((a, b) => compareUtf8(a.key, b.key));
}

function digestOf(leaves: readonly Leaf[]) {
  const digest = new OrderedLeafDigest();
  const part = digest.openPart();
  for (const { key: name, leaf } of leaves) part.add(name, leaf);
  return digest.finish();
}
