import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { checkActionLine } from '../../src/cli/check-action-line.ts';
import { parseActionLine } from '../../src/cli/parse-action.ts';
import { rawMember } from '../../src/model/raw-member.ts';
import { propertyRuns } from './property-runs.ts';

/** What a line may be, as zod puts it. */
const shape = z.strictObject({
  action: z.string(),
  user: z.string().optional(),
  user_name: z.string().optional(),
  category: z.string().optional(),
  details: z.unknown().optional(),
  timestamp: z.string().optional(),
  key: z.string().optional(),
});

class Refused extends Error {}

function check(value: unknown): unknown {
  try {
    return checkActionLine(value, (why) => {
      throw new Refused(why);
    });
  } catch (error) {
    if (error instanceof Refused) return `refused: ${error.message}`;
    throw error;
  }
}

function checkWithZod(value: unknown): unknown {
  const { success, data, error } = shape.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  return `refused: ${[...(issue?.path ?? []), issue?.message].join(': ')}`;
}

const name = fc.constantFrom(
  ...['action', 'action', 'action', 'user', 'user_name', 'category', 'details', 'timestamp', 'key'],
  ...['usr', '__proto__', 'constructor', 'toString', '0', 'a "b"', ''],
);
const value = fc.oneof({ weight: 4, arbitrary: fc.string() }, fc.jsonValue(), fc.constant({ action: 'A' }));
const member = fc.tuple(name, value).map(([key, given]) => `${JSON.stringify(key)}:${JSON.stringify(given)}`);
const line = fc.oneof(
  { weight: 6, arbitrary: fc.array(member, { maxLength: 6 }).map((members) => `{${members.join(',')}}`) },
  fc.json(),
  fc.constantFrom('1e999', '-1e999', '{"action":1e999}', '{"action":"A","key":-1e999}'),
);

test('a line is taken, or refused for the same reason, as zod would', () => {
  fc.assert(
    fc.property(line, (text) => {
      expect(check(JSON.parse(text))).toEqual(checkWithZod(JSON.parse(text)));
    }),
    propertyRuns(2000),
  );
});

const inner = fc.oneof(fc.jsonValue(), fc.constantFrom({ details: { details: 1 } }, 'details', '"details":{}', 1.5));
const layout = fc.constantFrom('', '', '', ' ');
const logged = fc
  .tuple(
    fc.constantFrom('"details"', '"details"', '"\\u0064etails"'),
    fc.array(inner, { minLength: 1, maxLength: 2 }),
    layout,
  )
  .map(([name, details, space]) => {
    const members = details.map((value) => `${name}${space}:${JSON.stringify(value)}`);
    return `{"action":"A",${members.join(',')},"key":"details"${space}}`;
  });

test('the details of a line are its text, however it is written', () => {
  fc.assert(
    fc.property(logged, (text) => {
      expect(parseActionLine(text).details).toBe(rawMember(text, 'details'));
    }),
    propertyRuns(2000),
  );
});
