import type { Entry } from '../model/entry.ts';
import { AuditError } from '../model/errors.ts';
import type { EventFacets } from '../model/event-facets.ts';
import { toMilliseconds } from '../model/instant.ts';
import { DEEPEST_JSON, depthBeyond } from '../model/json-depth.ts';
import { joinKey, nodeId, withoutPrefix } from '../model/key.ts';
import { AUDIT_EVENT } from '../model/node.ts';
import { type NamedNode, textToIndex } from '../model/node-texts.ts';
import type { Redactor } from '../model/redaction.ts';
import { ellipsize, firstCodePoints, oneLine } from '../model/text.ts';
import { LOG_PREFIX, USER_ACTION, type WrittenAction } from '../model/user-action.ts';
import { uuidV7 } from '../model/uuid-v7.ts';
import { compactJson } from './compact-json.ts';
import { refuseUnknownMembers } from './refuse-unknown-members.ts';

/** Characters of a text, and bytes of details, at the most. */
const LONGEST_TEXT = 500;
const LARGEST_DETAILS = 65_536;
const LONGEST_NAME = 80;

/** What it takes to write an action down. */
export interface LogDesk {
  readonly redactor: Redactor;
  /** When it is logged, in milliseconds since 1970. */
  readonly now: number;
}

/** An action on its way into the graph: its node, and what is kept beside it. Throws where it cannot be logged as it is. */
export function toLogEntry(action: WrittenAction, { redactor, now }: LogDesk): Entry {
  refuseUnknownMembers(action, redactor);
  const text = (name: string, given: string | undefined) =>
    given == null ? undefined : redactor.redact(requireText(name, given).toWellFormed());
  const eventType = text('the action', action.actionType) ?? '';
  if (oneLine(eventType) === undefined) throw unfit('the action is empty', 'say what was done, like LOGIN');
  const eventCategory = text('the category', action.category) || 'USER_ACTION';
  const userUID = text('the user', action.user?.uid);
  const userName = text("the user's name", action.user?.name);
  if (userName && !userUID) throw unfit('a user has a name and no id', 'give the id of the user, too');
  const timestamp = action.timestamp ?? new Date(now).toISOString();
  const at = requireDate(timestamp, redactor);
  const details = requireDetails(action.details, redactor);
  const members = { eventType, eventCategory, timestamp, userUID, userName };
  const { json, said } = propertiesOf(members, details);
  const name = nameOf(eventType, userName || userUID);
  const given = requireKey(action.key, redactor)?.toWellFormed();
  const key = joinKey(LOG_PREFIX, [given || uuidV7()]);
  return {
    key,
    drafts: 1,
    known: 0,
    // What tells whether an action under the same key is the same one; when it was logged does not matter.
    state: JSON.stringify([eventType, eventCategory, userUID ?? null, action.timestamp ?? null, details?.json ?? null]),
    node: {
      id: nodeId(AUDIT_EVENT, key),
      nodeType: AUDIT_EVENT,
      subtype: USER_ACTION,
      name,
      properties: json,
      sourceTable: null,
      sourceId: withoutPrefix(key),
    },
    facets: facetsOf(members, at, { name, properties: said }),
    said,
    isFresh: !given,
  };
}

interface Members {
  readonly eventType: string;
  readonly eventCategory: string;
  readonly timestamp: string;
  readonly userUID: string | undefined;
  readonly userName: string | undefined;
}

/** Details as JSON, and what that says. */
interface Details {
  readonly json: string;
  readonly value: unknown;
}

/** The properties as JSON, and as they read; what is empty is left out. */
function propertiesOf(members: Members, details: Details | undefined) {
  const said: Record<string, unknown> = {};
  let json = '';
  for (const [name, value] of Object.entries(members)) {
    if (!value) continue;
    said[name] = value;
    json += `${json === '' ? '' : ','}"${name}":${JSON.stringify(value)}`;
  }
  if (details === undefined) return { json: `{${json}}`, said };
  said['details'] = details.value;
  return { json: `{${json},"details":${details.json}}`, said };
}

function facetsOf({ eventType, eventCategory, userUID }: Members, at: number, node: NamedNode): EventFacets {
  const [what, how, user] = [eventType, eventCategory, userUID || null];
  return { first: at, last: at, session: null, user, what, how, text: textToIndex(node, what, how), days: null };
}

function nameOf(eventType: string, user: string | undefined): string {
  const name = `[Action] ${oneLine(eventType)} by ${oneLine(user) ?? 'the system'}`;
  return ellipsize(name, LONGEST_NAME).trimEnd();
}

function requireText(name: string, text: string): string {
  if (typeof text !== 'string') throw unfit(`${name} is no text`, 'give it as a text');
  if (firstCodePoints(text, LONGEST_TEXT) === text) return text;
  throw unfit(`${name} has more than ${LONGEST_TEXT} characters`, 'shorten it, and put the rest in the details');
}

/** Without its secret a key would be that of other actions, too, and they would be lost. */
function requireKey(key: string | undefined, redactor: Redactor): string | undefined {
  if (key == null || redactor.clean(requireText('the key', key)) === key) return key;
  throw unfit('the key has a secret in it', 'take something else that tells the action from all others');
}

/** Gives its milliseconds since 1970. */
function requireDate(text: string, redactor: Redactor): number {
  const milliseconds = toMilliseconds(requireText('the timestamp', text));
  if (milliseconds !== undefined) return milliseconds;
  // Of a secret that is cut nobody could tell that it is one.
  const told = firstCodePoints(redactor.clean(text), 40);
  throw unfit(`the timestamp '${told}' is no date`, 'give one like 2026-02-05T10:00:00Z');
}

/** Details that are null are none. */
function requireDetails(json: string | undefined, redactor: Redactor): Details | undefined {
  if (json === undefined) return undefined;
  const bytes = Buffer.byteLength(json);
  if (bytes > LARGEST_DETAILS) {
    throw unfit(`the details have ${bytes} bytes, and may have ${LARGEST_DETAILS}`, 'log where they can be found');
  }
  const { text: compact, value } = compactJson(json);
  const depth = depthBeyond(compact);
  if (depth !== undefined) {
    throw unfit(`the details are nested ${depth} levels deep, and may be ${DEEPEST_JSON}`, 'log them flatter');
  }
  if (compact === 'null') return undefined;
  const clean = redactor.cleanJson(compact);
  return { json: clean, value: clean === compact ? value : JSON.parse(clean) };
}

function unfit(what: string, hint: string): AuditError {
  return new AuditError('action-invalid', what, hint);
}
