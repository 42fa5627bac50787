import { type ExchangeRow, type ExchangeValue, RECORD_COLUMNS, valueIn } from '../model/exchange.ts';
import { toMilliseconds } from '../model/instant.ts';
import { isJsonObject } from '../model/is-json-object.ts';
import { isTooLongForId } from '../model/key.ts';

/** What a column must hold; it says what is wrong otherwise. */
type Rule = (value: ExchangeValue | undefined) => string | undefined;

const text: Rule = (value) => (typeof value === 'string' && value !== '' ? undefined : 'is no text');
const textOrNull: Rule = (value) => (value == null || typeof value === 'string' ? undefined : 'is no text');
const something: Rule = (value) => (value == null ? 'is missing' : undefined);
const count: Rule = (value) =>
  typeof value === 'bigint' && value >= 0n && value <= BigInt(Number.MAX_SAFE_INTEGER) ? undefined : 'is no count';
const integerOrNull: Rule = (value) => (value == null || typeof value === 'bigint' ? undefined : 'is no integer');
const time: Rule = (value) => (value == null || isDate(value) ? undefined : 'is no date');
const deletion: Rule = (value) => (value === '' ? undefined : time(value));
const id: Rule = (value) => text(value) ?? (isTooLongForId(String(value)) ? 'has more than 512 bytes' : undefined);
const key: Rule = (value) => text(value) ?? (String(value).indexOf(':') > 0 ? undefined : 'is no key');
const leaf: Rule = (value) => (/^[A-Za-z0-9+/]{43}=$/.test(String(value)) ? undefined : 'is no digest');
const objectOrNull: Rule = (value) =>
  value == null || (typeof value === 'string' && isJsonObject(value)) ? undefined : 'is no JSON object';
const object: Rule = (value) => something(value) ?? objectOrNull(value);
const list: Rule = (value) => (Array.isArray(parsed(value)) ? undefined : 'is no JSON list');
const jsonOrNull: Rule = (value) => (value == null || parsed(value) !== undefined ? undefined : 'is no JSON');
const moment: Rule = (value) => {
  const isMoment = typeof value === 'bigint' && value >= -EDGE_OF_TIME && value <= EDGE_OF_TIME;
  return value == null || isMoment ? undefined : 'is no moment';
};
const days: Rule = (value) => (value == null || isDayCounts(parsed(value)) ? undefined : 'is no list of day counts');

/** The last moment that there is a date for, in milliseconds. */
const EDGE_OF_TIME = 8_640_000_000_000_000n;

const RULES: Readonly<Record<ExchangeRow['table'], Readonly<Record<string, Rule>>>> = {
  kg_nodes: {
    ...{ id, node_type: text, name: something, properties: objectOrNull },
    ...{ created_at: time, updated_at: time, deleted_at: deletion },
  },
  kg_edges: {
    ...{ id: text, edge_type: text, from_node: text, to_node: text, properties: objectOrNull },
    ...{ created_at: time, updated_at: time },
  },
  audit_entries: {
    ...{ key, drafts: count, state: jsonOrNull, leaf, first: moment, last: moment, days },
    ...{ session: textOrNull, user: textOrNull, what: textOrNull, how: textOrNull },
  },
  audit_checkpoints: {
    ...{ extractor: text, source_table: text, digest: text, rules: text, condition: objectOrNull },
    ...{ folded_to: integerOrNull, unfinished: objectOrNull, landmarks: object, first_row: integerOrNull },
    ...{ counts: object, earlier: list, content: textOrNull },
  },
  audit_owed: { key, after: integerOrNull },
  audit_replaced: { key },
};

/** Columns that cannot be left out of a row: those that say what it is, and all of a table that is ours alone. */
const REQUIRED: Readonly<Record<ExchangeRow['table'], readonly string[]>> = {
  kg_nodes: ['id', 'node_type', 'name'],
  kg_edges: ['id', 'edge_type', 'from_node', 'to_node'],
  ...RECORD_COLUMNS,
};

/** What is wrong with a row, as far as it can be told from it alone (SPEC section 2); undefined where nothing is. */
export function faultOfRow(row: ExchangeRow): string | undefined {
  const missing = REQUIRED[row.table].find((column) => valueIn(row, column) === undefined);
  if (missing !== undefined) return `it has no ${missing}`;
  for (const [column, rule] of Object.entries(RULES[row.table])) {
    const value = valueIn(row, column);
    const fault = value === undefined ? undefined : rule(value);
    if (fault !== undefined) return `its ${column} ${fault}`;
  }
  return undefined;
}

const isDate = (value: ExchangeValue): boolean => typeof value === 'string' && toMilliseconds(value) !== undefined;

function parsed(value: ExchangeValue | undefined): unknown {
  if (typeof value !== 'string') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function isDayCounts(value: unknown): boolean {
  const isCount = (one: unknown) =>
    Array.isArray(one) && one.length === 2 && typeof one[0] === 'string' && Number.isSafeInteger(one[1]);
  return Array.isArray(value) && value.every(isCount);
}
