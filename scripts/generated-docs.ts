import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describedProgram } from '../src/cli/described-program.ts';
import { runProgram } from '../src/cli/program.ts';
import { exitCodes } from '../src/model/errors.ts';
import { commandList } from '../src/render/command-list.ts';
import { renderCrontabLine } from '../src/render/crontab-line.ts';
import { renderLaunchdPlist } from '../src/render/launchd-plist.ts';
import { manPage } from '../src/render/man-page.ts';
import { routeList } from '../src/render/route-list.ts';
import type { Schedule } from '../src/render/schedule.ts';
import { renderSystemdUnits } from '../src/render/systemd-units.ts';
import { apiRoutes } from './api-routes.ts';

const ROOT = join(import.meta.dirname, '..');

const DATA = '/home/ann/.coditect-data/context-storage';

/** What the schedules in the documents start. */
const SCHEDULE: Schedule = {
  command: [
    '/usr/bin/node',
    '/usr/lib/node_modules/audit-extract/bin/audit-extract.js',
    ...['run', '--quiet', '--source', `${DATA}/sessions.db`, '--target', `${DATA}/org.db`],
  ],
  everyMinutes: 15,
  logPath: '/home/ann/Library/Logs/audit-extract.log',
};

/** The documents that hold a part made from the program itself, the part's name, and what it must say. */
export async function generatedParts(): Promise<readonly { file: string; part: string; text: string }[]> {
  const help = await runProgram(['run', '--help'], () => Promise.resolve(0));
  const example = readFileSync(join(ROOT, 'docs/examples/slow-tools.js'), 'utf8');
  const linker = readFileSync(join(ROOT, 'docs/examples/on-day.js'), 'utf8');
  const hook = readFileSync(join(ROOT, 'docs/examples/no-test-sessions.js'), 'utf8');
  const program = describedProgram();
  const codes = Object.entries(exitCodes).filter(([, exit]) => exit !== 0);
  const rows = codes.map(([code, exit]) => `| \`${code}\` | ${exit} |`);
  return [
    { file: 'README.md', part: 'commands', text: commandList(program) },
    { file: 'README.md', part: 'help', text: fence('', help.text) },
    { file: 'docs/scheduling.md', part: 'cron', text: fence('', renderCrontabLine(SCHEDULE)) },
    { file: 'docs/scheduling.md', part: 'systemd', text: fence('ini', renderSystemdUnits(SCHEDULE)) },
    { file: 'docs/scheduling.md', part: 'launchd', text: fence('xml', renderLaunchdPlist(SCHEDULE)) },
    { file: 'docs/writing-an-extractor.md', part: 'example', text: fence('js', example) },
    { file: 'docs/graph.md', part: 'example', text: fence('js', linker) },
    { file: 'docs/store.md', part: 'hook-example', text: fence('js', hook) },
    { file: 'docs/serve.md', part: 'routes', text: routeList(await apiRoutes()) },
    { file: 'docs/json-output.md', part: 'codes', text: ['| code | exit |', '| --- | --- |', ...rows].join('\n') },
  ];
}

/** The manual page, whole. */
export const manual = (): { readonly file: string; readonly text: string } => ({
  file: 'man/audit-extract.1',
  text: manPage(describedProgram()),
});

/** A document with one of its parts made anew. Throws when it has no place for it. */
export function withPart(document: string, part: string, text: string): string {
  const [start, end] = [`<!-- ${part} -->`, `<!-- /${part} -->`];
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`no place for ${part}`);
  return `${document.slice(0, from + start.length)}\n${text}\n${document.slice(to)}`;
}

export const documentPath = (file: string): string => join(ROOT, file);

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
