import { defineExtractor, type NodeContent, type RowOf } from '../model/extractor.ts';
import { firstCodePoints, oneLine } from '../model/text.ts';

const columns = {
  id: 'id',
  entry_id: 'value',
  subtype: 'text',
  level: 'text',
  content: 'text',
  compact_trigger: 'text',
} as const;

/** In which session and when an event was. */
const lookup = {
  table: 'entries',
  key: 'entry_id',
  columns: { session_id: 'text', timestamp: 'text' },
  meaning: 'sessions and times of system events',
} as const;

type Row = RowOf<typeof columns> & RowOf<typeof lookup.columns>;

/** Compactions, local commands and other system events: one node a row of `system_events`. */
export const sessionBoundaries = defineExtractor({
  name: 'session-boundaries',
  version: 2,
  summary: 'compactions, commands and other system events',
  subtype: 'session_boundary',
  prefix: 'sys',
  table: 'system_events',
  columns,
  lookup,
  keyParts: ['id'],
  appended: true,
  *extract(rows) {
    for (const row of rows) {
      if (row.id === null) yield { skip: 'a row has no id' };
      else yield { key: [String(row.id)], sourceId: String(row.id), ...contentOf(row) };
    }
  },
});

function contentOf(row: Row): NodeContent {
  return { name: nameOf(row), properties: propertiesOf(row), facets: facetsOf(row) };
}

function nameOf({ subtype, content, compact_trigger }: Row): string {
  const text = oneLine(content);
  const start = text && firstCodePoints(text, 50);
  if (subtype === 'compact_boundary') return `[Boundary] Compaction (${oneLine(compact_trigger) ?? 'unknown'})`;
  if (subtype === 'local_command') return `[Command] ${start ?? 'unknown'}`;
  return `[System] ${start ?? oneLine(subtype) ?? 'unknown'}`;
}

function propertiesOf(row: Row) {
  return {
    entry_id: row.entry_id,
    event_subtype: row.subtype ?? 'unknown',
    level: row.level,
    content: row.content && firstCodePoints(row.content, 500),
    compact_trigger: row.compact_trigger,
  };
}

function facetsOf({ session_id, timestamp, subtype, compact_trigger }: Row) {
  return {
    session: session_id,
    first: timestamp,
    last: timestamp,
    what: subtype ?? 'unknown',
    how: compact_trigger,
  };
}
