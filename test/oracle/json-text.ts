import type { SourceCell } from './source-rows.ts';

/** JSON text that is finished, so that a number can have more digits than a double. */
export class Json {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A property as it goes in: absent where it is null or undefined. */
export type Property = Json | string | readonly string[] | null | undefined;

/** The compact JSON object of these properties, in their order, without the absent ones. */
export function jsonObject(properties: readonly (readonly [string, Property])[]): string {
  const parts: string[] = [];
  for (const [key, value] of properties) {
    if (value === null || value === undefined) continue;
    parts.push(`${JSON.stringify(key)}:${value instanceof Json ? value.text : JSON.stringify(value)}`);
  }
  return `{${parts.join(',')}}`;
}

/** A value that is usually a number: a number stays one with all its digits, all else is text. */
export function numberOrText(cell: SourceCell): Property {
  if (typeof cell.number === 'bigint') return new Json(cell.number.toString());
  if (typeof cell.number === 'number' && Number.isFinite(cell.number)) return new Json(JSON.stringify(cell.number));
  return cell.text;
}
