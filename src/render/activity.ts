import type { Activity } from '../model/activity.ts';
import type { StoredNode } from '../model/node.ts';
import { readProperties } from '../model/properties.ts';
import type { FoundNode } from '../model/search.ts';
import type { Answer, AnswerRow } from './answer.ts';
import { drawTable } from './answer-table.ts';
import { EmbeddedJson } from './embedded-json.ts';
import { isoMoment, shortMoment } from './moment.ts';
import { visible } from './visible.ts';

const COLUMNS = ['time', 'action', 'category', 'details', 'id'] as const;

/** What `audit-extract activity` answers. */
export function activityAnswer({ user, node, found: { nodes, more, warnings } }: Activity): Answer {
  const rows = nodes.map(rowOf);
  return {
    document: {
      schema: 'audit-extract/activity@1',
      user: { id: user, name: node?.name ?? null },
      actions: rows,
      more,
    },
    rows,
    columns: COLUMNS,
    warnings,
    draw: async ({ width }) => {
      const name = node?.name && node.name !== user ? `${visible(user)} (${visible(node.name)})` : visible(user);
      if (nodes.length === 0) return `${name}: no actions.\n`;
      const table = await drawTable(['time', 'action', 'category', 'details'], nodes.map(cellsOf), width);
      return `${name}\n${table}${more ? 'There are more: --limit shows them.\n' : ''}`;
    },
  };
}

function rowOf({ node, last }: FoundNode): AnswerRow {
  const { eventType, eventCategory } = readProperties(node.properties);
  return {
    time: isoMoment(last),
    action: textOf(eventType) ?? node.name ?? null,
    category: textOf(eventCategory),
    details: detailsOf(node) ?? null,
    id: node.id ?? null,
  };
}

function cellsOf(found: FoundNode): readonly string[] {
  const { action, category } = rowOf(found);
  return [shortMoment(found.last), String(action ?? ''), String(category ?? ''), detailsOf(found.node)?.text ?? ''];
}

function detailsOf({ properties }: StoredNode): EmbeddedJson | undefined {
  return EmbeddedJson.ofMember(properties, 'details');
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
