import { ENTITY_TYPES } from './entity.ts';
import type { IdAnatomy, IdPart } from './explanation.ts';
import type { AnyExtractor } from './extractor.ts';
import { beginOf, isShortened, kindOf, originOf, prefixOf, unescapePart, withoutPrefix } from './key.ts';
import { AUDIT_EVENT } from './node.ts';

/** What stands first in the keys of logged actions. */
const LOG_PREFIX = 'log';
const UUID_V7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const HASH_CHARACTERS = 64;

/** Takes an id apart, as far as can be told from it alone. */
export function anatomyOf(id: string, extractors: readonly AnyExtractor[]): IdAnatomy {
  // Ids of edges are never shortened, but those of their ends may be.
  const edge = edgeOf(id);
  if (edge !== undefined) return edge;
  if (!isShortened(id)) return anatomyOfText(id, false, extractors);
  const kept = id.slice(0, -HASH_CHARACTERS - 1);
  const shortened = { keptBytes: Buffer.byteLength(kept), sha256: id.slice(-HASH_CHARACTERS) };
  return { ...anatomyOfText(kept, true, extractors), shortened };
}

function anatomyOfText(text: string, isCut: boolean, extractors: readonly AnyExtractor[]): IdAnatomy {
  const [type = '', ...parts] = text.split(':');
  const key = text.slice(type.length + 1);
  if (type === AUDIT_EVENT && prefixOf(key) !== undefined) {
    const keyParts = withoutPrefix(key).split(':');
    return prefixOf(key) === LOG_PREFIX ? actionOf(keyParts) : eventOf(key, keyParts, isCut, extractors);
  }
  if (ENTITY_TYPES.some((entity) => entity === type) && parts.length > 0) {
    return { kind: 'entity', entity: type, parts: namedParts([type], parts, isCut) };
  }
  return { kind: 'other' };
}

/** How ids like one are made; undefined where that is not known. */
export function ruleOf(anatomy: IdAnatomy, extractors: readonly AnyExtractor[]): string | undefined {
  switch (anatomy.kind) {
    case 'event': {
      const extractor = extractors.find(({ name }) => name === anatomy.extractor);
      const names = extractor === undefined ? [] : keyNames(extractor);
      return names.length === 0
        ? undefined
        : [AUDIT_EVENT, beginOf(anatomy.origin) + anatomy.prefix, ...names.map((name) => `<${name}>`)].join(':');
    }
    case 'action':
      return `${AUDIT_EVENT}:${LOG_PREFIX}:<key>`;
    case 'entity':
      return `${anatomy.entity}:<${anatomy.entity}>`;
    case 'edge':
      return '<edge_type>:<from_node>-><to_node>';
    case 'other':
      return undefined;
  }
}

/** What the parts of an extractor's keys are; empty where it does not say. */
function keyNames({ keyParts, keyColumns }: AnyExtractor): readonly string[] {
  return keyParts ?? keyColumns ?? [];
}

/** What is wrong with the parts of an event's id; undefined where nothing is, or it cannot be told. */
export function faultOf(anatomy: IdAnatomy, extractor: AnyExtractor): string | undefined {
  const names = keyNames(extractor);
  if (anatomy.kind !== 'event' || anatomy.shortened !== undefined || names.length === 0) return undefined;
  const lacking = names.filter((_, at) => !anatomy.parts[at]?.value);
  const then = `so no row of ${extractor.table} makes it`;
  if (lacking.length > 0) return `the id lacks ${lacking.join(', ')}, ${then}`;
  return anatomy.parts.length > names.length ? `the id has more parts than ${names.join(', ')}, ${then}` : undefined;
}

function actionOf(parts: readonly string[]): IdAnatomy {
  const key = parts.map(unescapePart).join(':');
  const [, high, low] = UUID_V7.exec(key) ?? [];
  return { kind: 'action', key, time: high && low ? Number.parseInt(high + low, 16) : null };
}

function eventOf(
  key: string,
  parts: readonly string[],
  isCut: boolean,
  extractors: readonly AnyExtractor[],
): IdAnatomy {
  const [origin, prefix] = [originOf(key), kindOf(key)];
  const extractor = extractors.find((known) => known.prefix === prefix);
  const names = extractor === undefined ? [] : keyNames(extractor);
  return { kind: 'event', origin, prefix, extractor: extractor?.name ?? null, parts: namedParts(names, parts, isCut) };
}

function namedParts(names: readonly string[], parts: readonly string[], isCut: boolean): readonly IdPart[] {
  return parts.map((part, at) => ({
    name: names[at] ?? `part ${at + 1}`,
    value: unescapePart(part),
    ...(isCut && at === parts.length - 1 && { isCut }),
  }));
}

/** Both ends are ids, so that `->` between two colons parts them; each of them may hold one of its own. */
function edgeOf(id: string): IdAnatomy | undefined {
  const at = id.indexOf(':');
  const edgeType = unescapePart(id.slice(0, Math.max(0, at)));
  if (!/^[A-Z][A-Z0-9_]*$/.test(edgeType)) return undefined;
  const ends = id.slice(at + 1);
  for (let arrow = ends.indexOf('->'); arrow >= 0; arrow = ends.indexOf('->', arrow + 1)) {
    const [fromNode, toNode] = [unescapePart(ends.slice(0, arrow)), unescapePart(ends.slice(arrow + 2))];
    if (isId(fromNode) && isId(toNode)) return { kind: 'edge', edgeType, fromNode, toNode };
  }
  return undefined;
}

function isId(text: string): boolean {
  return /^[a-z][a-z_]*:./i.test(text);
}
