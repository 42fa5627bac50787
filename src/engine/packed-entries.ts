import type { Entry } from '../model/entry.ts';
import type { EventFacets } from '../model/event-facets.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import { type KeptFields, leafOf } from '../model/leaf.ts';
import { toNode } from './node-content.ts';

/** Entries column by column: a message of few large lists crosses to another thread faster than many small objects. */
export interface PackedEntries {
  readonly keys: readonly string[];
  readonly drafts: readonly number[];
  readonly states: readonly (string | null)[];
  readonly names: readonly string[];
  readonly properties: readonly string[];
  readonly sourceIds: readonly string[];
  readonly leaves: readonly string[];
  readonly facets: { readonly [Facet in keyof EventFacets]: readonly EventFacets[Facet][] };
}

/** Packs entries that nothing is known of yet. */
export function packEntries(entries: readonly Entry[], kept: KeptFields): PackedEntries {
  return {
    keys: entries.map(({ key }) => key),
    drafts: entries.map(({ drafts }) => drafts),
    states: entries.map(({ state }) => state),
    names: entries.map(({ node }) => node.name),
    properties: entries.map(({ node }) => node.properties),
    sourceIds: entries.map(({ node }) => node.sourceId),
    leaves: entries.map(({ node }) => leafOf(node, kept)),
    facets: {
      first: entries.map(({ facets }) => facets.first),
      last: entries.map(({ facets }) => facets.last),
      session: entries.map(({ facets }) => facets.session),
      user: entries.map(({ facets }) => facets.user),
      what: entries.map(({ facets }) => facets.what),
      how: entries.map(({ facets }) => facets.how),
      text: entries.map(({ facets }) => facets.text),
      days: entries.map(({ facets }) => facets.days),
    },
  };
}

/** The entries that were packed. */
export function unpackEntries(extractor: AnyExtractor, packed: PackedEntries): readonly Entry[] {
  const { drafts, states, names, properties, sourceIds, leaves, facets } = packed;
  return packed.keys.map((key, at) => ({
    key,
    drafts: drafts[at] ?? 1,
    known: 0,
    state: states[at] ?? null,
    node: toNode(extractor, key, [names[at] ?? '', properties[at] ?? '', sourceIds[at] ?? '']),
    leaf: leaves[at],
    facets: {
      first: facets.first[at] ?? null,
      last: facets.last[at] ?? null,
      session: facets.session[at] ?? null,
      user: facets.user[at] ?? null,
      what: facets.what[at] ?? null,
      how: facets.how[at] ?? null,
      text: facets.text[at] ?? null,
      days: facets.days[at] ?? null,
    },
  }));
}
