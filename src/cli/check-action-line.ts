import type { ActionLine } from '../model/action-line.ts';

const MEMBERS: Readonly<Record<keyof ActionLine, true>> = {
  action: true,
  user: true,
  user_name: true,
  category: true,
  timestamp: true,
  key: true,
  details: true,
};

/**
 * Checks what was read from a line. What is wrong with it is told to `refuse`, which throws. It says what zod would say,
 * which a test sees to; loading that package takes a twentieth of the time in which ten thousand lines are logged.
 */
export function checkActionLine(value: unknown, refuse: (why: string) => never): ActionLine {
  if (!isObject(value)) return refuse(expected('object', value));
  const text = (name: keyof ActionLine): string | undefined => {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    return member === undefined || typeof member === 'string'
      ? member
      : refuse(`${name}: ${expected('string', member)}`);
  };
  const action = text('action') ?? refuse(`action: ${expected('string', undefined)}`);
  const [user, user_name, category] = [text('user'), text('user_name'), text('category')];
  const line = { action, user, user_name, category, timestamp: text('timestamp'), key: text('key') };
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(MEMBERS, name));
  if (unknown.length === 0) return { ...line, details: value['details'] };
  const names = unknown.map((name) => `"${name}"`).join(', ');
  return refuse(`Unrecognized key${unknown.length === 1 ? '' : 's'}: ${names}`);
}

function expected(type: string, given: unknown): string {
  return `Invalid input: expected ${type}, received ${kindOf(given)}`;
}

/** JSON has no number beyond all others, but one that has so many digits is read as one. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : typeof value;
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
