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
export function textsOfNode({ name, properties }: NamedNode): readonly string[] {
  const { error_count, tool_name, error_type } = properties;
  const texts: string[] = [];
  if (error_count === undefined || error_count === null) addTexts(texts, name);
  else {
    addTexts(texts, tool_name);
    addTexts(texts, error_type);
  }
  for (const text of TEXTS) addTexts(texts, properties[text]);
  return texts;
}

/** Adds all texts within a value. Without recursion: data may be nested as deep as it likes. */
function addTexts(texts: string[], value: unknown): void {
  if (typeof value === 'string') texts.push(value);
  if (typeof value !== 'object' || value === null) return;
  const left: unknown[] = [value];
  while (left.length > 0) {
    const inner = left.pop();
    if (typeof inner === 'string') texts.push(inner);
    else if (typeof inner === 'object' && inner !== null) for (const one of Object.values(inner)) left.push(one);
  }
}

/** The texts that `audit_words` needs, beside two labels that it has already, so that every way to ask for words finds the node. */
export function textToIndex(node: NamedNode, ...labels: readonly (string | null)[]): string | null {
  const { tool_name, error_type } = node.properties;
  const texts = [...textsOfNode(node), tool_name, error_type].filter(
    (text) => typeof text === 'string' && text !== '' && !labels.includes(text),
  );
  return texts.length === 0 ? null : [...new Set(texts)].join('\n').toWellFormed();
}
