import type { AnswerValue } from './answer.ts';
import { EmbeddedJson } from './embedded-json.ts';

/** JSON as `JSON.stringify` writes it, on one line or on many, with embedded JSON as it stands. */
export function writeJson(value: AnswerValue, layout: 'one-line' | 'many-lines'): string {
  return write(value, layout === 'many-lines' ? '\n' : undefined);
}

/** `lineBreak` has the indentation of the value's own line; undefined for one line. */
function write(value: AnswerValue, lineBreak: string | undefined): string {
  if (value instanceof EmbeddedJson) return value.text;
  if (value === undefined || value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const inner = lineBreak === undefined ? undefined : `${lineBreak}  `;
  if (isList(value))
    return enclose(
      '[',
      value.map((item) => write(item, inner)),
      ']',
      lineBreak,
    );
  const colon = lineBreak === undefined ? ':' : ': ';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const texts = members.map(([name, member]) => `${JSON.stringify(name)}${colon}${write(member, inner)}`);
  return enclose('{', texts, '}', lineBreak);
}

function enclose(open: string, parts: readonly string[], close: string, lineBreak: string | undefined): string {
  if (parts.length === 0 || lineBreak === undefined) return `${open}${parts.join(',')}${close}`;
  return `${open}${lineBreak}  ${parts.join(`,${lineBreak}  `)}${lineBreak}${close}`;
}

function isList(value: object): value is readonly AnswerValue[] {
  return Array.isArray(value);
}
