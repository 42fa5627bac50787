import { type GraphNode, NODE_FIELDS, type StoredNode } from '../model/node.ts';

/** A field that differs between a stored node and the one to come; `(none)` stands for an absent value. */
export interface FieldChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** Which columns and which properties differ, in their order. */
export function fieldChanges(before: StoredNode, after: GraphNode): readonly FieldChange[] {
  const columns = Object.entries(NODE_FIELDS)
    .filter(([, field]) => field !== 'properties' && before[field] !== undefined)
    .map(([name, field]) => ({ field: name, before: before[field] ?? '(none)', after: after[field] ?? '(none)' }));
  const changes = [...columns, ...propertyChanges(before.properties ?? '(none)', after.properties)];
  const real = changes.filter((change) => change.before !== change.after);
  // The same values in another spelling, which is not what we write.
  return real.length > 0 || before.properties === after.properties
    ? real
    : [{ field: 'properties', before: before.properties ?? '(none)', after: after.properties }];
}

function propertyChanges(before: string, after: string): readonly FieldChange[] {
  const [old, now] = [parseObject(before), parseObject(after)];
  if (old === undefined || now === undefined) return [{ field: 'properties', before, after }];
  const fields = new Set([...old.keys(), ...now.keys()]);
  return [...fields].map((field) => ({
    field,
    before: old.get(field) ?? '(none)',
    after: now.get(field) ?? '(none)',
  }));
}

/** The values of a JSON object as JSON texts, digits and all; undefined when it is none. */
function parseObject(json: string): ReadonlyMap<string, string> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return new Map(membersOf(json));
  } catch {
    return undefined;
  }
}

/** The members of a valid JSON object; `JSON.parse` would round integers of 64 bits. */
function* membersOf(json: string): Generator<readonly [key: string, value: string]> {
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g) ?? [];
  let depth = 0;
  let key: string | undefined;
  let value = '';
  for (const token of tokens.slice(1)) {
    const ends = depth === 0 && (token === ',' || token === '}');
    if (ends && key !== undefined) yield [JSON.parse(key), value];
    if (ends) [key, value] = [undefined, ''];
    else if (key === undefined) key = token;
    else if (depth > 0 || token !== ':') value += token;
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
  }
}
