import { httpProblem } from './problem.ts';
import { RequestProblem } from './request-problem.ts';

/** What stands in a cursor, beside the order that it is of. */
export type CursorParts = readonly (string | number | null)[];

/** Where a page ended, for the client to hand back. It is of one order, and is text that fits into a URL. */
export function writeCursor(order: string, parts: CursorParts): string {
  return Buffer.from(JSON.stringify([order, ...parts])).toString('base64url');
}

/** What stands in a cursor of an order. Throws where it is none of that order. */
export function readCursor(cursor: string, order: string): CursorParts {
  const [found, ...parts] = parse(cursor);
  if (found === order) return parts;
  const hint = 'send next as it came, with the same filters and sort';
  throw new RequestProblem(httpProblem(400, 'the cursor is none, or of another list', hint));
}

function parse(cursor: string): CursorParts {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return isParts(value) ? value : [];
  } catch {
    return [];
  }
}

function isParts(value: unknown): value is CursorParts {
  return Array.isArray(value) && value.every((part) => part === null || ['string', 'number'].includes(typeof part));
}
