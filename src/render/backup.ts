import type { BackupReport } from '../model/graph-copy.ts';
import type { Answer } from './answer.ts';
import { countOf, grouped } from './grouped.ts';
import { visible } from './visible.ts';

/** What a backup came to, as an answer in any format. */
export function backupAnswer(report: BackupReport, isQuiet: boolean): Answer {
  const { schema, target, warnings, ...row } = report;
  return {
    document: { schema, target: { ...target }, ...row },
    rows: [{ target: target.path, ...row }],
    columns: ['target', ...Object.keys(row)],
    warnings,
    draw: () => (isQuiet ? drawLine(report) : drawReport(report)),
  };
}

function drawLine({ target, file, nodes, edges }: BackupReport): string {
  return `${visible(target.path)} -> ${visible(file)}: ${countOf(nodes, 'node')}, ${countOf(edges, 'edge')}.\n`;
}

function drawReport({ target, file, bytes, nodes, edges, fingerprint, seal, duration_ms }: BackupReport): string {
  const seconds = (duration_ms / 1000).toFixed(1);
  const lines = [
    `${visible(target.path)} -> ${visible(file)}`,
    `${countOf(nodes, 'node')}, ${countOf(edges, 'edge')}, ${grouped(bytes)} bytes, checked (${seconds} s).`,
    ...(fingerprint === null ? [] : [`Fingerprint ${fingerprint}`]),
    ...(seal === null ? [] : [`Seal ${visible(seal)}`]),
  ];
  return `${lines.join('\n')}\n`;
}
