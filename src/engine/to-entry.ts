import type { Entry, StoredEntry } from '../model/entry.ts';
import { AuditError } from '../model/errors.ts';
import { wordsOf } from '../model/event-facets.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import { nodeId, partsOfKey } from '../model/key.ts';
import { type KeptFields, leafOf } from '../model/leaf.ts';
import { AUDIT_EVENT } from '../model/node.ts';
import type { StagedDraft } from '../model/staging.ts';
import { foldOf } from './extractor-breach.ts';
import type { Folded } from './folding.ts';
import { toNode, type WrittenContent, writeContent } from './node-content.ts';
import { stateText } from './state-text.ts';

/** What a staged draft comes to, as if nothing were stored of its key. */
export function stagedToEntry(extractor: AnyExtractor, { key, whole, body, drafts, known }: StagedDraft): Entry {
  if (whole) {
    const content: WrittenContent = JSON.parse(body);
    return { key, drafts, known, state: null, node: toNode(extractor, key, content), facets: content[3] };
  }
  return finishEntry(extractor, { key, drafts, known, state: body }, JSON.parse(body));
}

/** What drafts folded in memory come to, as if nothing were stored of their key. */
export function foldedToEntry(extractor: AnyExtractor, key: string, folded: Folded): Entry {
  if ('whole' in folded) {
    const { whole } = folded;
    return { key, drafts: 1, known: 0, state: null, node: toNode(extractor, key, whole), facets: whole[3] };
  }
  const { state, drafts } = folded;
  return finishEntry(extractor, { key, drafts, known: 0, state: stateText(extractor, state) }, state);
}

/** Finishes a folded state. */
function finishEntry(
  extractor: AnyExtractor,
  entry: Pick<Entry, 'key' | 'drafts' | 'known'> & { readonly state: string },
  state: unknown,
): Entry {
  const { key, drafts, known, state: text } = entry;
  const content = writeContent(extractor, key, foldOf(extractor).finish(state, partsOfKey(key)));
  return { key, drafts, known, state: text, node: toNode(extractor, key, content), facets: content[3] };
}

/**
 * Folds an entry into the one that is kept; of whole drafts the first one stays. Throws where what is kept does not give
 * the node that was written: somebody else has changed it, and it would go on as if it were true.
 */
export function foldEntries(
  extractor: AnyExtractor,
  kept: KeptFields,
): (stored: StoredEntry, entry: Entry) => Entry | undefined {
  return (stored, entry) => {
    if (stored.state === null || entry.state === null) return undefined;
    const before = trueEntry(extractor, { ...stored, key: entry.key, state: stored.state }, kept);
    if (before === undefined) throw alteredError(entry.key);
    const state = foldOf(extractor).merge(JSON.parse(stored.state), JSON.parse(entry.state));
    const { key, known } = entry;
    const drafts = stored.drafts + entry.drafts;
    const next = finishEntry(extractor, { key, drafts, known, state: stateText(extractor, state) }, state);
    return { ...next, isReworded: wordsOf(next.facets) !== wordsOf(before.facets) };
  };
}

/** What is kept of a key: a state, and the leaf that was written. */
type KeptState = Pick<Entry, 'key' | 'drafts'> & { readonly state: string; readonly leaf: string };

/** Whether the state that is kept of a key gives the node whose leaf is kept. */
export function isTrue(extractor: AnyExtractor, kept: KeptState, fields: KeptFields): boolean {
  return trueEntry(extractor, kept, fields) !== undefined;
}

/** The entry that a kept state gives; undefined where it is not what was written. */
function trueEntry(
  extractor: AnyExtractor,
  { key, state, leaf, drafts }: KeptState,
  fields: KeptFields,
): Entry | undefined {
  try {
    const entry = finishEntry(extractor, { key, drafts, known: 0, state }, JSON.parse(state));
    return leafOf(entry.node, fields) === leaf ? entry : undefined;
  } catch {
    return undefined;
  }
}

function alteredError(key: string): AuditError {
  return new AuditError(
    'record-altered',
    `what is kept of ${nodeId(AUDIT_EVENT, key)} does not give the node that was written: somebody else has changed it`,
    'audit-extract verify names what disagrees; --full derives it again from the source',
  );
}
