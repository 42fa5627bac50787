/** A number whose digits are kept as they are, where a double would lose some. Throws on digits that are no JSON number. */
export class JsonNumber {
  readonly digits: string;
  /** Told by its brand, as an extractor from outside may come with its own copy of this class. */
  readonly brand = 'audit-extract/JsonNumber';

  constructor(digits: string) {
    if (!/^-?\d+(\.\d+)?$/.test(digits)) throw new TypeError(`JSON has no number ${digits}`);
    this.digits = digits;
  }
}

/** What a property may hold. A key whose value is null or undefined is left out. */
export type JsonValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | JsonNumber
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** The properties of a node. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** Compact JSON text, keys in their given order, integers with all their digits. Throws on what JSON cannot hold. */
export function toJson(value: JsonValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`JSON has no ${value}`);
  if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError(`JSON has no ${typeof value}`);
  if (typeof value !== 'object') return JSON.stringify(value);
  if (isJsonNumber(value)) return value.digits;
  if (isList(value)) return `[${value.map(toJson).join(',')}]`;
  if (!isPlain(value)) throw new TypeError(`JSON has no ${value.constructor.name}`);
  return isSimple(value) ? JSON.stringify(value) : `{${membersOf(value)}}`;
}

/** Whether JSON.stringify writes an object as we do, which it does at a fraction of the cost. */
function isSimple(object: JsonObject): boolean {
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (typeof value === 'string' || value === undefined || Number.isFinite(value)) continue;
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return false;
  }
  return !('toJSON' in object);
}

function membersOf(object: JsonObject): string {
  let members = '';
  for (const key of Object.keys(object)) {
    const part = object[key];
    if (part === null || part === undefined) continue;
    members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${toJson(part)}`;
  }
  return members;
}

function isList(value: JsonObject | readonly JsonValue[]): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isJsonNumber(value: object): value is JsonNumber {
  return 'brand' in value && value.brand === 'audit-extract/JsonNumber';
}

/** Dates, maps and the like would become empty objects. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
