import { z } from 'zod';
import { actionOfLine } from '../model/action-line.ts';
import { AuditError, reasonOf } from '../model/errors.ts';
import { rawMember } from '../model/raw-member.ts';
import { oneLine } from '../model/text.ts';
import type { WrittenAction } from '../model/user-action.ts';

const lineShape = z.strictObject({
  action: z.string(),
  user: z.string().optional(),
  user_name: z.string().optional(),
  category: z.string().optional(),
  details: z.unknown().optional(),
  timestamp: z.string().optional(),
  key: z.string().optional(),
});

/** More than any action has; what is longer need not be read to its end to be refused. */
export const LONGEST_LINE = 1_000_000;
/** What is longer quotes a name that is; cut, nobody could tell a secret in it. */
const LONGEST_REASON = 200;

/** Understands one line of actions. Throws on what is no action. */
export function parseActionLine(line: string): WrittenAction {
  if (line.length > LONGEST_LINE) throw invalid(`it has more than ${LONGEST_LINE} characters`);
  const parsed = lineShape.safeParse(parseJson(line));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid([...(issue?.path ?? []), issue?.message ?? 'not as it should be'].join(': '));
  }
  return actionOfLine(parsed.data, rawMember(line, 'details'));
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw invalid(reasonOf(error), error);
  }
}

function invalid(why: string, cause?: unknown): AuditError {
  const hint = 'give one JSON object a line; audit-extract log --help shows one';
  const reason = why.length > LONGEST_REASON ? 'it has a member that no action has' : oneLine(why);
  return new AuditError('action-invalid', `no action: ${reason}`, hint, cause);
}
