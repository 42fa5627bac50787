import type { Change } from '../model/node.ts';
import type { Redactor } from '../model/redaction.ts';
import { cleanNode } from './clean-record.ts';

/** A change as it is shown: what stood there before may hold secrets, whoever wrote it. */
export function cleanChange(change: Change, redactor: Redactor): Change {
  return change.action === 'update' ? { ...change, before: cleanNode(change.before, redactor) } : change;
}
