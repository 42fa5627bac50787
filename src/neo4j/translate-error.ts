import neo4j from 'neo4j-driver';
import { AuditError, type ErrorCode } from '../model/errors.ts';

type Failure = readonly [code: ErrorCode, message: string, hint: string];

const CONSTRAINT_BROKEN = 'Neo.ClientError.Schema.ConstraintValidationFailed';
/** What a server answers with that could not write its log; it takes no transactions from then on. */
const NOT_WRITTEN: ReadonlySet<string> = new Set([
  'Neo.DatabaseError.Transaction.TransactionLogError',
  'Neo.DatabaseError.Transaction.TransactionStartFailed',
  'Neo.DatabaseError.Transaction.TransactionCommitFailed',
]);

/** A driver's error as what it means to the user, anything else as it is; `place` is the target as it is told to people. */
export function translated(error: unknown, place: string): unknown {
  if (error instanceof Collision) return new AuditError(...collided(place), error);
  if (!(error instanceof neo4j.Neo4jError)) return error;
  if (isAway(error.code) && namesCertificate(error)) return new AuditError(...untrusted(place), error);
  return new AuditError(...describe(error.code, place), error);
}

/** A connection that was cut in the midst of a message is one to the driver, which has not lost a server by that. */
const PROTOCOL_BROKEN = 'ProtocolError';

const isAway = (code: string): boolean => code === 'ServiceUnavailable' || code === 'SessionExpired';

/** The driver says it in no other way; of a cluster, as the cause that none of its servers was reached. */
const namesCertificate = ({ message, cause }: Error): boolean =>
  /Caused by: .*certificate/s.test(message) || (cause instanceof Error && namesCertificate(cause));

/** Whether the same may go well when it is tried again. */
export function isPassing(error: unknown): boolean {
  return neo4j.isRetryableError(error) || (error instanceof neo4j.Neo4jError && error.code === PROTOCOL_BROKEN);
}

/** Somebody else removed what was just found, and is to be the end of an edge. */
export class Collision extends Error {
  constructor() {
    super('an end of an edge has been removed meanwhile');
  }
}

/** Whether somebody else changed the same thing just before: what is there by then is found when it is tried again. */
export function isCollision(error: unknown): boolean {
  return error instanceof Collision || (error instanceof neo4j.Neo4jError && error.code === CONSTRAINT_BROKEN);
}

/** Whether a constraint or an index could not be made because it is there. */
export function isThereAlready(error: unknown): boolean {
  return error instanceof neo4j.Neo4jError && /\.Schema\..*AlreadyExists$/.test(error.code);
}

function describe(code: string, place: string): Failure {
  if (isAway(code)) return unreachable(place);
  if (code === CONSTRAINT_BROKEN) {
    const hint = 'drop the constraint of others that stands in the way, or name another database';
    return ['target-refuses-writes', `target ${place} has a constraint that refuses what is to be written`, hint];
  }
  if (code === 'Neo.ClientError.Security.Unauthorized' || code === 'Neo.ClientError.Security.TokenExpired') {
    const hint = 'set AUDIT_EXTRACT_NEO4J_USER and AUDIT_EXTRACT_NEO4J_PASSWORD to who may';
    return ['target-unauthorized', `target ${place} does not know this user with this password`, hint];
  }
  if (code === 'Neo.ClientError.Security.AuthenticationRateLimit') {
    const hint = 'wait some seconds, and set the right password';
    return ['target-unauthorized', `target ${place} has been given wrong passwords too often`, hint];
  }
  if (code.startsWith('Neo.ClientError.Security.') || code.endsWith('.WriteOnReadOnlyAccessDatabase')) {
    const hint = 'let this user write there, or name another database';
    return ['target-refuses-writes', `target ${place} may be read and not written`, hint];
  }
  if (code.startsWith('Neo.ClientError.Database.DatabaseNotFound')) {
    return ['target-not-found', `target ${place} is no database of that server`, 'make it there, or name another one'];
  }
  if (NOT_WRITTEN.has(code)) {
    const hint = 'see whether its disk is full; if so, kill the server, then make room, and start it';
    return ['target-full', `target ${place} could not write to its disk`, hint];
  }
  if (code.startsWith('Neo.TransientError.')) {
    return ['target-locked', `target ${place} was busy for too long (${code})`, 'try again later, or wait with --wait'];
  }
  if (code === 'N/A' || code === PROTOCOL_BROKEN) return unreachable(place);
  return ['target-failed', `target ${place} failed (${code})`, "the server's own log says why"];
}

function untrusted(place: string): Failure {
  const hint =
    'name the host as its certificate does, and see that it has not expired; one of an authority of your own goes into NODE_EXTRA_CA_CERTS';
  return ['target-unreachable', `target ${place} has a certificate that is not trusted`, hint];
}

function collided(place: string): Failure {
  const message = `others have removed nodes of target ${place} again and again while this wrote`;
  return ['target-locked', message, 'try again when they are done'];
}

/** There is no server of that kind, or it has gone. */
export function unreachable(place: string): Failure {
  const hint =
    'see that the server runs, that host and port are those of its Bolt protocol (7687 unless changed), and whether it wants TLS (+s://)';
  return ['target-unreachable', `target ${place} cannot be reached`, hint];
}
