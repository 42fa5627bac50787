import { type ActionLine, actionOfLine } from '../model/action-line.ts';
import { AuditError, reasonOf } from '../model/errors.ts';
import { rawMember } from '../model/raw-member.ts';
import { oneLine } from '../model/text.ts';
import type { WrittenAction } from '../model/user-action.ts';
import { checkActionLine } from './check-action-line.ts';

/** More than any action has; what is longer need not be read to its end to be refused. */
export const LONGEST_LINE = 1_000_000;
/** What is longer may have details that are nested so deep that JSON.stringify fails. */
const LONGEST_PLAIN = 2000;
/** What is longer quotes a name that is; cut, nobody could tell a secret in it. */
const LONGEST_REASON = 200;

/** Understands one line of actions. Throws on what is no action. */
export function parseActionLine(line: string): WrittenAction {
  if (line.length > LONGEST_LINE) throw invalid(`it has more than ${LONGEST_LINE} characters`);
  const checked = checkActionLine(parseJson(line), (why) => {
    throw invalid(why);
  });
  return actionOfLine(checked, detailsOf(line, checked));
}

/** The details as they were written, to the last digit. */
function detailsOf(line: string, { details }: ActionLine): string | undefined {
  if (details === undefined) return undefined;
  return plainMember(line, 'details', details) ?? rawMember(line, 'details');
}

/**
 * What `rawMember` gives of an object, where its name stands but once in the line and it is written as JSON.stringify
 * writes it, which most are; undefined where that cannot be told at a glance.
 */
function plainMember(line: string, name: string, value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (line.length > LONGEST_PLAIN || line.includes('\\')) return undefined;
  const at = line.indexOf(`"${name}"`);
  if (at !== line.lastIndexOf(`"${name}"`)) return undefined;
  const json = JSON.stringify(value);
  return line.startsWith(`:${json}`, at + name.length + 2) ? json : undefined;
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
