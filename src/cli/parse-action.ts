import { z } from 'zod';
import { AuditError } from '../model/errors.ts';
import { rawMember } from '../model/raw-member.ts';
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

/** Understands one line of actions. Throws on what is no action. */
export function parseActionLine(line: string): WrittenAction {
  const parsed = lineShape.safeParse(parseJson(line));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not as it should be'}`);
  }
  const { action, user, user_name, category, timestamp, key } = parsed.data;
  const details = rawMember(line, 'details');
  return {
    actionType: action,
    category,
    timestamp,
    key,
    ...(details !== undefined && { details }),
    ...((user !== undefined || user_name !== undefined) && { user: { uid: user ?? '', name: user_name } }),
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw invalid(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error), error);
  }
}

function invalid(why: string, cause?: unknown): AuditError {
  const hint = 'give one JSON object a line; audit-extract log --help shows one';
  return new AuditError('action-invalid', `no action: ${why}`, hint, cause);
}
