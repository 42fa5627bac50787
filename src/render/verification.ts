import type { Finding, VerifyCounts, VerifyReport } from '../model/verification.ts';
import { grouped } from './grouped.ts';
import type { Format } from './renderer.ts';
import { visible, visibleJson } from './visible.ts';

/** How a verification is printed in each format. */
export const verificationRenderers: { readonly [Name in Format]: (report: VerifyReport) => string } = {
  table: renderTable,
  json: (report) => `${visibleJson(JSON.stringify(report, null, 2))}\n`,
  ndjson: (report) => `${visibleJson(JSON.stringify(report))}\n`,
};

/** The last seal, in one line; nothing on stdout where there is none yet. */
export function renderHead(head: string | undefined, format: Format): string {
  if (format === 'table') return head === undefined ? '' : `${head}\n`;
  return `${JSON.stringify({ schema: 'audit-extract/seal@1', head: head ?? null })}\n`;
}

function renderTable(report: VerifyReport): string {
  const { source, target, totals, findings, findings_left_out, fingerprint, seals, agrees } = report;
  const lines = [
    `${visible(source.path)} <-> ${visible(target.path)}`,
    ...findings.map(renderFinding),
    ...(findings_left_out > 0 ? [`... and ${grouped(findings_left_out)} more`] : []),
    ...(Object.values(totals).some((count) => count > 0) ? [renderCounts(totals)] : []),
    ...(fingerprint === undefined ? [] : [`Fingerprint ${fingerprint}`]),
    ...(seals?.head ? [`Seal ${seals.head}`] : []),
    agrees ? 'All that was looked at agrees.' : 'They do not agree.',
  ];
  return `${lines.join('\n')}\n`;
}

function renderFinding({ kind, id, what }: Finding): string {
  return `${kind}: ${visible(id)}: ${what}`;
}

function renderCounts(totals: VerifyCounts): string {
  const counts = Object.entries(totals).filter(([name, count]) => name === 'agreeing' || count > 0);
  return counts.map(([name, count]) => `${grouped(count)} ${name}`).join(', ');
}
