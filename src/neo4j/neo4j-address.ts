import { AuditError } from '../model/errors.ts';

/** Where a Neo4j server is, and which of its databases is meant. */
export interface Neo4jAddress {
  /** What the driver connects to: scheme, host and port. */
  readonly server: string;
  /** The server's default one where undefined. */
  readonly database: string | undefined;
  /** As it is told to people. */
  readonly shown: string;
}

const SCHEMES: ReadonlySet<string> = new Set(['neo4j:', 'neo4j+s:', 'bolt:', 'bolt+s:']);
/** TLS that verifies nobody is no protection, so it is refused. */
const UNVERIFIED: ReadonlySet<string> = new Set(['neo4j+ssc:', 'bolt+ssc:']);
const EXAMPLE = 'name it like neo4j+s://host:7687, or neo4j+s://host/database';

/** Whether a target is on a Neo4j server, be its address right or not. */
export function isNeo4jUrl(target: string): boolean {
  return /^\s*(neo4j|bolt)(\+[a-z]*)?:/i.test(target);
}

/** Understands an address. Throws on one that cannot be connected to, or that holds a password, and never repeats that. */
export function parseNeo4jAddress(target: string): Neo4jAddress {
  if (!URL.canParse(target.trim())) throw unusable('the target is no URL', EXAMPLE);
  const url = new URL(target.trim());
  const { protocol, hostname, port } = url;
  if (UNVERIFIED.has(protocol)) {
    const hint = `take ${protocol.replace('ssc', 's')}// instead; a certificate of your own goes into NODE_EXTRA_CA_CERTS`;
    throw unusable(`the target begins with ${protocol}//, which trusts any certificate`, hint);
  }
  if (!SCHEMES.has(protocol)) throw unusable(`the target begins with ${protocol}//, which no Neo4j has`, EXAMPLE);
  if (url.username !== '' || url.password !== '') {
    const hint = 'give them as AUDIT_EXTRACT_NEO4J_USER and AUDIT_EXTRACT_NEO4J_PASSWORD, or in a file';
    throw unusable('the target has a user or password in it, which every list of processes would show', hint);
  }
  if (hostname === '') throw unusable('the target names no host', EXAMPLE);
  if (url.search !== '' || url.hash !== '') throw unusable('the target has something after its path', EXAMPLE);
  const server = `${protocol}//${hostname}${port === '' ? '' : `:${port}`}`;
  const [database, ...rest] = url.pathname.split('/').filter((part) => part !== '');
  if (rest.length > 0) throw unusable('the target has a path of more than one part', EXAMPLE);
  const name = database === undefined ? undefined : decodeURIComponent(database);
  return { server, database: name, shown: database === undefined ? server : `${server}/${database}` };
}

function unusable(message: string, hint: string): AuditError {
  return new AuditError('usage', message, hint);
}
