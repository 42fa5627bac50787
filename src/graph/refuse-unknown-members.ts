import { AuditError } from '../model/errors.ts';
import type { Redactor } from '../model/redaction.ts';
import { firstCodePoints } from '../model/text.ts';
import type { WrittenAction } from '../model/user-action.ts';

const MEMBERS: Readonly<Record<keyof WrittenAction, true>> = {
  actionType: true,
  category: true,
  user: true,
  details: true,
  timestamp: true,
  key: true,
};
const LONGEST_NAME = 40;

/**
 * Refuses what no action has: with a misspelt `user` it would be the system's own, and with a misspelt `key` it would be
 * logged twice.
 */
export function refuseUnknownMembers(action: WrittenAction, redactor: Redactor): void {
  const unknown = Object.entries(action).find(([name, value]) => value !== undefined && !Object.hasOwn(MEMBERS, name));
  if (unknown === undefined) return;
  // Of a secret that is cut nobody could tell that it is one.
  const told = firstCodePoints(redactor.clean(unknown[0]), LONGEST_NAME);
  throw new AuditError('action-invalid', `an action has no '${told}'`, `it has ${Object.keys(MEMBERS).join(', ')}`);
}
