import type { DoctorReport, HealthFinding, SettingInForce } from '../model/health.ts';
import type { Answer } from './answer.ts';
import { visible } from './visible.ts';

/** What `audit-extract doctor` answers. */
export function doctorAnswer(report: DoctorReport, isQuiet: boolean): Answer {
  const { source, target, settings, findings, ...rest } = report;
  const rows = findings.map((finding) => ({ ...finding }));
  return {
    document: {
      ...rest,
      source: source && { ...source },
      target: target && { ...target },
      settings: settings.map((setting) => ({ ...setting })),
      findings: rows,
    },
    rows,
    columns: ['check', 'status', 'what', 'todo'],
    draw: () => (isQuiet ? drawFindings(findings.filter(isTrouble)) : drawReport(report)),
  };
}

const isTrouble = ({ status }: HealthFinding): boolean => status === 'warning' || status === 'error';

function drawReport({ program, node, sqlite, settings, findings, able }: DoctorReport): string {
  const count = findings.filter(isTrouble).length;
  const outcome =
    count === 0 ? 'Nothing is in the way.' : able ? `${count} to look after.` : 'Something does not work.';
  return [
    `audit-extract ${visible(program)}, Node ${node}, SQLite ${sqlite}\n`,
    drawSettings(settings),
    drawFindings(findings),
    `${outcome}\n`,
  ].join('');
}

function drawSettings(settings: readonly SettingInForce[]): string {
  const longest = Math.max(0, ...settings.map(({ name }) => name.length));
  return settings
    .map(({ name, value, from }) => `  ${name.padEnd(longest)}  ${visible(value)}  (${visible(from)})\n`)
    .join('');
}

function drawFindings(findings: readonly HealthFinding[]): string {
  const longest = Math.max(0, ...findings.map(({ check }) => check.length));
  const indent = ' '.repeat(longest + 11);
  return findings
    .map(({ check, status, what, todo }) => {
      const line = `${status.padEnd(7)}  ${check.padEnd(longest)}  ${visible(what)}\n`;
      return todo === null ? line : `${line}${indent}-> ${visible(todo)}\n`;
    })
    .join('');
}
