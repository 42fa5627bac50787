import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from './measure-process.ts';

const PROGRAM = join(import.meta.dirname, '../../bin/audit-extract.js');
const MODULES = join(import.meta.dirname, 'run-modules.js');
const RUN_SQL = join(import.meta.dirname, 'run-sql.js');

/** The program as its user starts it. */
export const ours = (...args: readonly string[]): Command => ({ node: [PROGRAM, ...args] });

/** A run of the program, with a report that can be read. */
export const ourRun = (source: string, target: string): Command =>
  ours('run', '--source', source, '--target', target, '--json');

/** A first run that leaves nothing out, started as those are that do: loading single modules takes its time. */
export const runAsModules = (source: string, target: string): Command => runWithout('nothing', source, target);

/** A first run that keeps nothing out, and proves nothing. */
export const bareRun = (source: string, target: string): Command => runWithout('trust', source, target, '--no-redact');

/** A first run that keeps nothing that questions are answered from. */
export const runWithoutIndexes = (source: string, target: string): Command => runWithout('indexes', source, target);

/** A first run that keeps no log of changes. */
export const runWithoutChanges = (source: string, target: string): Command => runWithout('changes', source, target);

/** A first run that does not ask whether there are hooks. */
export const runWithoutHooks = (source: string, target: string): Command => runWithout('hooks', source, target);

function runWithout(part: string, source: string, target: string, ...flags: readonly string[]): Command {
  const without = `${pathToFileURL(join(import.meta.dirname, 'without.js')).href}?${part}`;
  return {
    node: ['--import', without, MODULES, 'run', '--source', source, '--target', target, '--json', ...flags],
  };
}

/** Actions from a file, logged in one go. */
export const logActions = (target: string, actions: string): Command => ({
  shell: [process.execPath, PROGRAM, 'log', '--stdin', '--quiet', '--target', target, '<', actions].map(word).join(' '),
});

/** A look at all nodes of a graph. */
export const ourVerify = (source: string, target: string): Command =>
  ours('verify', '--source', source, '--target', target, '--json');

/** A process that does nothing but this SQL. */
export const sqlOn = (database: string, sql: string): Command => ({
  node: [RUN_SQL, database],
  env: { BENCH_SQL: sql },
});

/** The program that was named on the command line, with the paths where it wants them. */
export function baselineCommand(command: string, source: string, target: string): Command {
  const isTemplate = /\{source\}|\{target\}/.test(command);
  const template = isTemplate ? command : `${command} {source} --write {target}`;
  const paths: Readonly<Record<string, string>> = { '{source}': quoted(source), '{target}': quoted(target) };
  return { shell: template.replace(/\{source\}|\{target\}/g, (place) => paths[place] ?? place) };
}

const word = (text: string): string => (text === '<' ? text : quoted(text));

/** One word for the shell. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}
