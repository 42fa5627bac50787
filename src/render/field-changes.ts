import { type GraphNode, NODE_FIELDS, type StoredNode } from '../model/node.ts';
import { parseMembers } from './json-members.ts';

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
  const [old, now] = [parseMembers(before), parseMembers(after)];
  if (old === undefined || now === undefined) return [{ field: 'properties', before, after }];
  const fields = new Set([...old.keys(), ...now.keys()]);
  return [...fields].map((field) => ({
    field,
    before: old.get(field) ?? '(none)',
    after: now.get(field) ?? '(none)',
  }));
}
