/**
 * What must not reach a terminal as it is: controls, format characters (bidi and zero-width among them), line and
 * paragraph separators, lone surrogates, fillers that show nothing. Variation selectors stay, as emoji are made of them.
 */
const HIDDEN = String.raw`(?![\uFE00-\uFE0F])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]`;
/** Every character of a text that must not reach a terminal as it is. */
export const HIDDEN_CHARACTERS = new RegExp(HIDDEN, 'gu');
/** A raw line feed in JSON text can only be layout. */
const IN_JSON = new RegExp(`(?!\n)${HIDDEN}`, 'gu');

/** Makes a text harmless to show, and one line: each hidden character becomes its code point, like `\u{1b}`. */
export function visible(text: string): string {
  return text.replace(HIDDEN_CHARACTERS, (hidden) => `\\u{${(hidden.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The same for JSON text: hidden characters, which can only stand within its strings, become JSON escapes. */
export function visibleJson(json: string): string {
  return json.replace(IN_JSON, (hidden) => hidden.split('').map(jsonEscape).join(''));
}

function jsonEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
