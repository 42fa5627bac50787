import type { ErrorSummary } from '../model/errors.ts';
import { type Change, type GraphNode, NODE_FIELDS, type StoredNode } from '../model/node.ts';
import type { RunReport } from '../model/report.ts';
import { EmbeddedJson } from './embedded-json.ts';
import { visibleJson } from './visible.ts';

/** The report as one JSON document. */
export function renderJsonReport(report: RunReport): string {
  return `${visibleJson(JSON.stringify(report, null, 2))}\n`;
}

/** A failure before a run began, as one JSON document on one line. */
export function renderJsonError(error: ErrorSummary): string {
  return `${visibleJson(JSON.stringify({ schema: 'audit-extract/error@1', error }))}\n`;
}

/** The same on one line, to be put into another document. */
export function reportJson(report: RunReport): string {
  return visibleJson(JSON.stringify(report));
}

/** The last line of NDJSON. */
export function renderNdjsonReport(report: RunReport): string {
  return `{"report":${reportJson(report)}}\n`;
}

/** One line for each node that changes, nothing for the others. */
export function renderNdjsonChanges(changes: readonly Change[]): string {
  return changes.map((change) => renderChange(change, '')).join('');
}

/** The same where others of other sources stand among them. */
export function renderNdjsonChangesOf(origin: string | undefined, changes: readonly Change[]): string {
  const member = `"origin":${JSON.stringify(origin ?? null)},`;
  return changes.map((change) => renderChange(change, member)).join('');
}

/** `first` are members before the others. */
function renderChange(change: Change, first: string): string {
  if (change.action === 'unchanged') return '';
  const before = change.action === 'update' ? `,"before":${renderNode(change.before)}` : '';
  return `${visibleJson(`{${first}"action":"${change.action}","node":${renderNode(change.node)}${before}}`)}\n`;
}

function renderNode(node: GraphNode | StoredNode): string {
  const parts = Object.entries(NODE_FIELDS).map(([key, field]) => {
    const value = field === 'properties' ? EmbeddedJson.ofProperties(node[field]) : node[field];
    return `"${key}":${value instanceof EmbeddedJson ? value.text : JSON.stringify(value ?? null)}`;
  });
  return `{${parts.join(',')}}`;
}
