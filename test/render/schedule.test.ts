import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderCrontabLine } from '../../src/render/crontab-line.ts';
import { renderLaunchdPlist } from '../../src/render/launchd-plist.ts';
import { CLOCK_INTERVALS, type Schedule } from '../../src/render/schedule.ts';
import { renderSystemdUnits } from '../../src/render/systemd-units.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Words that some scheduler or shell would make something else of. */
const HOSTILE = [
  "it's",
  'a "quoted" one',
  '$HOME $$ $(id) `id`',
  `${'$'}{HOME}`,
  '100% %h %%',
  '\\%',
  '\\\\%',
  "'%",
  "\\'%'",
  'ends in \\',
  ' ',
  '',
  ';',
  '\\;',
  '#',
  '~',
  '*',
  '& | < > ]]> &amp;',
  'Zoë 日本 🍎',
  '-',
  '--',
  '!',
  '@x',
  '=',
  ':x',
  '+',
  '{a,b}',
];
const word = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: fc.constantFrom(...`ab ''""\\\\%%$\${};&|<>\`~#*!é`) }),
);
const words = fc.array(word, { maxLength: 6 });

const scheduleOf = (command: readonly string[], everyMinutes = 15): Schedule => ({
  command,
  everyMinutes,
  logPath: '/a&b/<log>',
});

/** A program that prints its arguments, each with a NUL after it, under a name that needs quotes. */
function stub(name: string): string {
  const folder = join(tempFolder(), name);
  mkdirSync(folder);
  const path = join(folder, 'node');
  writeFileSync(path, `#!/bin/sh\n[ $# -eq 0 ] || printf '%s\\0' "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Cron's own reading of a command: `\%` is a percent sign, `%` alone would end it, other escapes stay. */
function asCronReadsIt(line: string): string {
  const command = line.trimEnd().replace(/^(\S+ ){5}/, '');
  const parts = command.match(/\\?./gsu) ?? [];
  expect(parts).not.toContain('%');
  return parts.map((part) => (part === '\\%' ? '%' : part)).join('');
}

/** The arguments that a shell gives the stub. */
function shellArguments(command: string): readonly string[] {
  const { stdout, stderr, status } = spawnSync('sh', ['-c', command], { encoding: 'utf8', cwd: '/' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.split('\0').slice(0, -1);
}

describe('a crontab line', () => {
  it('gives a program of any name its words again, by way of cron and shell', () => {
    const program = stub(`it's "so" $x 100% \\% é`);
    fc.assert(
      fc.property(words, (given) => {
        const line = renderCrontabLine(scheduleOf([program, ...given]));
        expect(line).toMatch(/^\*\/15 \* \* \* \* [^\n]*\n$/);
        expect(shellArguments(asCronReadsIt(line))).toEqual(given);
      }),
      { examples: [[HOSTILE]], numRuns: 50 },
    );
  });

  it('is right where cron leaves percent signs to the shell, as some do', () => {
    const line = renderCrontabLine(scheduleOf([stub('100%'), ...HOSTILE]));
    expect(shellArguments(line.trimEnd().replace(/^(\S+ ){5}/, ''))).toEqual(HOSTILE);
  });
});

/** ExecStart as systemd.service(5) and systemd.syntax(5) say it is read; of escapes, those that are used. */
function asSystemdReadsIt(units: string): readonly string[] {
  const line = /^ExecStart=(.*)$/m.exec(units)?.[1] ?? '';
  const items = line.match(/"(?:[^"\\]|\\[\\"])*"(?= |$)|[^\s"'\\]+(?= |$)/g) ?? [];
  expect(items.join(' ')).toBe(line);
  const [program = '', ...rest] = items
    .map((item) => item.replace(/^"(.*)"$/, '$1').replace(/\\([\\"])/g, '$1'))
    .map((item) => only(item, '%'));
  return [program, ...rest.map((item) => only(item, '$'))];
}

/** A doubled sign is the sign itself; a single one would be replaced by something else. */
function only(text: string, sign: string): string {
  expect(text.replaceAll(sign + sign, '')).not.toContain(sign);
  return text.split(sign + sign).join(sign);
}

describe('systemd units', () => {
  it('give a program its words again', () => {
    fc.assert(
      fc.property(words, (given) => {
        const command = ['/opt/a $b 100%/node', ...given];
        expect(asSystemdReadsIt(renderSystemdUnits(scheduleOf(command)))).toEqual(command);
      }),
      { examples: [[HOSTILE]] },
    );
  });

  const analyze = (...args: readonly string[]) =>
    spawnSync('systemd-analyze', args, { encoding: 'utf8', env: { ...process.env, XDG_RUNTIME_DIR: tempFolder() } });
  const absent = spawnSync('systemd-analyze', ['--version']).error !== undefined;

  it.skipIf(absent).each([1, 7, 15, 60, 90, 720, 1440])('are right to systemd-analyze, every %i minutes', (minutes) => {
    const folder = tempFolder();
    const units = renderSystemdUnits(scheduleOf([stub('a $b 100% é'), ...HOSTILE], minutes));
    for (const part of units.split(/^(?=# ~)/m)) {
      writeFileSync(join(folder, /^# ~\S*\/(\S+)/.exec(part)?.[1] ?? 'none'), part);
    }
    const files = ['service', 'timer'].map((kind) => join(folder, `audit-extract.${kind}`));
    const { status, stderr } = analyze('verify', '--user', ...files);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it.skipIf(absent).each(CLOCK_INTERVALS)('every %i minutes by the calendar is that often', (minutes) => {
    const calendar = /^OnCalendar=(.*)$/m.exec(renderSystemdUnits(scheduleOf(['/bin/true'], minutes)))?.[1] ?? '';
    const { stdout } = analyze('calendar', '--iterations=3', '--base-time=2026-03-01 00:00:00 UTC', calendar);
    const times = [...stdout.matchAll(/(?:\(in UTC\)|Next elapse|Iteration #\d+|Iter\. #\d+): \w+ (\S+ \S+) UTC$/gm)];
    const moments = [...new Set(times.map(([, time]) => Date.parse(`${time}Z`)))];
    expect(moments.map((moment) => (moment - Date.UTC(2026, 2, 1)) / 60_000)).toEqual(
      [1, 2, 3].map((turn) => turn * minutes),
    );
  });
});

describe('a property list', () => {
  const texts = (xml: string): readonly string[] =>
    [...xml.matchAll(/<string>([^<>]*)<\/string>/g)].map(([, text = '']) =>
      text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
    );

  it('gives a program its words again', () => {
    fc.assert(
      fc.property(words, (given) => {
        const xml = renderLaunchdPlist(scheduleOf(['/a', ...given]));
        expect(texts(xml)).toEqual(['audit-extract', '/a', ...given, 'Background', '/a&b/<log>', '/a&b/<log>']);
        expect(xml.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
      }),
      { examples: [[HOSTILE]] },
    );
  });

  it('has no two hyphens in its comment', () => {
    const comment = /<!--(.*?)-->/s.exec(renderLaunchdPlist(scheduleOf(['/a', '--b'])))?.[1];
    expect(comment).toContain('launchctl');
    expect(comment).not.toMatch(/--|-$/);
  });

  const READ = 'import json, plistlib, sys; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))';
  const absent = spawnSync('python3', ['-c', 'import plistlib']).status !== 0;

  it.skipIf(absent)('is what another reader of property lists takes it for', () => {
    const input = renderLaunchdPlist(scheduleOf(['/a', ...HOSTILE], 7));
    const { stdout } = spawnSync('python3', ['-c', READ], { input, encoding: 'utf8' });
    expect(JSON.parse(stdout)).toEqual({
      Label: 'audit-extract',
      ProgramArguments: ['/a', ...HOSTILE],
      StartInterval: 420,
      ProcessType: 'Background',
      StandardOutPath: '/a&b/<log>',
      StandardErrorPath: '/a&b/<log>',
    });
  });
});
