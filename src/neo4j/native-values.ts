import type { Parameter } from './transaction.ts';

/** The JSON text of a value as the driver gives it: integers with all their digits, dates and places as the texts they print as. */
export function toJsonText(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : 'null';
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(toJsonText).join(',')}]`;
  return JSON.stringify(String(value));
}

/** A value of JSON as a property can hold it; undefined where it cannot. Integers are sent as such, as others are floats. */
export function toNative(value: unknown): Parameter | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  return undefined;
}
