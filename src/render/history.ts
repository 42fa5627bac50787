import type { ChangeRecord, FoundChanges } from '../model/change.ts';
import type { Answer, AnswerRow } from './answer.ts';
import { drawTable } from './answer-table.ts';
import { EmbeddedJson } from './embedded-json.ts';
import { parseMembers } from './json-members.ts';

const COLUMNS = [
  ...['number', 'timestamp', 'component', 'record_id', 'operation', 'actor', 'run_id', 'before', 'after'],
] as const;
const HEAD = ['time', 'operation', 'component', 'record', 'actor', 'change'] as const;

const NO_LOG = 'the graph has no log of changes yet; it begins with what audit-extract writes next';

/** What `audit-extract history` answers; undefined where there is no log. */
export function historyAnswer(found: FoundChanges | undefined): Answer {
  const { changes, more } = found ?? { changes: [], more: false };
  const warnings = found === undefined ? [NO_LOG] : [];
  const rows = changes.map(changeRow);
  return {
    document: { schema: 'audit-extract/history@1', changes: rows, more },
    rows,
    columns: COLUMNS,
    warnings,
    draw: async ({ width }) => {
      if (changes.length === 0) return 'No changes.\n';
      const table = await drawTable(HEAD, changes.map(cellsOf), width);
      return `${table}${more ? 'There are more: --limit and --offset show them.\n' : ''}`;
    },
  };
}

/** A change as JSON and CSV have it. */
export function changeRow({ number, timestamp, component, operation, actor, ...change }: ChangeRecord): AnswerRow {
  return {
    number,
    timestamp,
    component,
    record_id: change.recordId,
    operation,
    actor,
    run_id: change.run,
    before: EmbeddedJson.ofProperties(change.before),
    after: EmbeddedJson.ofProperties(change.after),
  };
}

function cellsOf(change: ChangeRecord): readonly string[] {
  const { timestamp, operation, component, recordId, actor } = change;
  const time = timestamp.replace('T', ' ').replace(/\.\d+Z$/, '');
  return [time, operation, component, recordId, actor, differenceOf(change)];
}

/** What differs, in short; of what was made or removed, its name. */
function differenceOf({ before, after }: ChangeRecord): string {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  if (was === undefined || is === undefined) return plain((is ?? was)?.get('name') ?? '');
  const names = [...new Set([...was.keys(), ...is.keys()])].filter((name) => was.get(name) !== is.get(name));
  return names.map((name) => `${name}: ${was.get(name) ?? '(none)'} -> ${is.get(name) ?? '(none)'}`).join(', ');
}

/** The columns of a record and, in place of its properties, each of them. */
function fieldsOf(json: string | null): ReadonlyMap<string, string> | undefined {
  const members = parseMembers(json ?? '');
  const properties = parseMembers(members?.get('properties') ?? '');
  if (members === undefined || properties === undefined) return members;
  return new Map([...[...members].filter(([name]) => name !== 'properties'), ...properties]);
}

/** A text without its quotes. */
const plain = (json: string): string => (json.startsWith('"') ? String(JSON.parse(json)) : json);
