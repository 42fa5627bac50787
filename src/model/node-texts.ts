import type { Properties } from './properties.ts';

/** The properties that a node is found by the words of, beside its name. */
const TEXTS = ['content', 'task_description', 'eventType', 'eventCategory', 'userName', 'details'];

/** A node's name and what else it says. */
export interface NamedNode {
  readonly name: string | null | undefined;
  readonly properties: Properties;
}

/**
 * All texts that a node is found by the words of. A name that counts changes with every count, so a node that has an
 * `error_count` is found by its tool and error type instead.
 */
export function textsOfNode({ name, properties }: NamedNode): Iterable<string> {
  const { error_count, tool_name, error_type } = properties;
  const labels = error_count === undefined || error_count === null ? [name] : [tool_name, error_type];
  return textsIn([...labels, ...TEXTS.map((text) => properties[text])]);
}

/** All texts within some values. Without recursion: data may be nested as deep as it likes. */
function* textsIn(values: readonly unknown[]): Generator<string> {
  const left: unknown[] = [...values];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string') yield value;
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) left.push(inner);
  }
}

/** The texts that `audit_words` needs, beside two labels that it has already, so that every way to ask for words finds the node. */
export function textToIndex(node: NamedNode, ...labels: readonly (string | null)[]): string | null {
  const { tool_name, error_type } = node.properties;
  const texts = new Set(textsOfNode(node));
  for (const label of [tool_name, error_type]) if (typeof label === 'string') texts.add(label);
  texts.delete('');
  for (const label of labels) if (label !== null) texts.delete(label);
  return texts.size === 0 ? null : [...texts].join('\n').toWellFormed();
}
