import { unescapePart } from '../model/key.ts';

/** Whether the id of a node says its name already, as `tool:Bash` does. */
export function isSaidById(name: string, id: string): boolean {
  return name === id || name === unescapePart(id.slice(id.indexOf(':') + 1));
}
