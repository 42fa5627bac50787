import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectPlainMessages } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { type CliOptions, runCli } from '../support/run-cli.ts';
import { orchardScene } from '../support/scene.ts';
import { writeConfig } from '../support/settings.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const DATA = '.coditect-data/context-storage';

/** What `schedule` prints, with the places of this machine replaced. */
async function scheduled(folder: string, args: readonly string[], options: CliOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await runCli(['schedule', ...args], { folder, ...options });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const neutral = stdout.replaceAll(ROOT, '/opt/audit-extract').replaceAll(folder, '/home/ann');
  return neutral.replaceAll(process.execPath, '/usr/bin/node');
}

/** The words after `run --quiet` of a crontab line that quotes nothing. */
async function scheduledWords(folder: string, args: readonly string[], options: CliOptions = {}): Promise<string> {
  const line = await scheduled(folder, ['--cron', ...args], options);
  return line.trimEnd().replace('*/15 * * * * /usr/bin/node /opt/audit-extract/bin/audit-extract.js run --quiet ', '');
}

describe('what is printed, and nothing else', () => {
  test.for(['systemd', 'cron', 'launchd'])('--%s with the usual files', async (scheduler) => {
    const folder = tempFolder();
    mkdirSync(join(folder, DATA), { recursive: true });
    const text = await scheduled(folder, [`--${scheduler}`], { env: { HOME: folder } });
    await expect(text).toMatchFileSnapshot(`golden/schedule-${scheduler}.txt`);
    expect(stateOfFolder(join(folder, DATA))).toEqual({});
  });

  test('the command of the line does the run, from another folder and an empty environment', async () => {
    const { folder } = orchardScene();
    const config = writeConfig(join(folder, 'c.json'), { only: ['tool-errors'], format: 'json', target: 'org.db' });
    const env = { AUDIT_EXTRACT_SOURCE: 'sessions.db', AUDIT_EXTRACT_CONFIG: config };
    const { stdout } = await runCli(['schedule', '--cron'], { folder, env });
    const words = stdout.trimEnd().split(' ').slice(7);
    expect((await runCli(words)).stdout).toMatch(/^Done: 5 inserted, .*\n$/);
    expect(await runCli(words)).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  test.for([
    ['1', '*/1 * * * *'],
    ['30', '*/30 * * * *'],
    ['60', '0 */1 * * *'],
    ['720', '0 */12 * * *'],
    ['1440', '0 0 * * *'],
  ])('--cron --every %s', async ([every = '', times]) => {
    const line = await scheduled(tempFolder(), ['--cron', '-s', 'a', '-t', 'b', '--every', every]);
    expect(line).toMatch(new RegExp(`^${times?.replaceAll('*', '\\*')} /usr/bin/node `));
  });

  test.for([
    ['1', 'OnCalendar=*:0/1\nPersistent=true\nRandomizedDelaySec=6\n'],
    ['7', 'OnStartupSec=1min\nOnUnitActiveSec=7min\nPersistent=true\nRandomizedDelaySec=42\n'],
    ['360', 'OnCalendar=0/6:00\nPersistent=true\nRandomizedDelaySec=60\n'],
    ['1440', 'OnCalendar=00:00\nPersistent=true\nRandomizedDelaySec=60\n'],
  ])('--systemd --every %s', async ([every = '', timer]) => {
    expect(await scheduled(tempFolder(), ['--systemd', '-s', 'a', '-t', 'b', '--every', every])).toContain(timer);
  });

  test('--launchd --every 7', async () => {
    const text = await scheduled(tempFolder(), ['--launchd', '-s', 'a', '-t', 'b', '--every', '7']);
    expect(text).toContain('<integer>420</integer>');
  });
});

describe('the settings are those of a run, written out', () => {
  test('from flags', async () => {
    const folder = tempFolder();
    writeConfig(join(folder, 'c.json'), {});
    const flags = '-s a.db -t ../b.db --config c.json --only tool-errors --only task-completions --skip tool-errors';
    const more = '--batch-size 0100 --error-status error,failed --error-status error';
    expect(await scheduledWords(join(folder), `${flags} ${more}`.split(' '))).toBe(
      `--source /home/ann/a.db --target ${join(folder, '../b.db')} --config /home/ann/c.json --only tool-errors,task-completions --skip tool-errors --batch-size 100 --error-status error,failed`,
    );
  });

  test('from variables over the config file, each relative to its own folder', async () => {
    const folder = tempFolder();
    writeConfig(join(folder, 'conf/audit-extract/config.json'), {
      source: '../s.db',
      target: 't.db',
      errorStatus: ['failed', 'timeout'],
      batchSize: 7,
      extractor: ['./mine.js'],
    });
    const env = {
      XDG_CONFIG_HOME: join(folder, 'conf'),
      AUDIT_EXTRACT_TARGET: 'env.db',
      AUDIT_EXTRACT_BATCH_SIZE: '8',
    };
    expect(await scheduledWords(folder, [], { env })).toBe(
      '--source /home/ann/conf/s.db --target /home/ann/env.db --config /home/ann/conf/audit-extract/config.json --batch-size 8 --error-status failed,timeout --extractor /home/ann/conf/audit-extract/mine.js',
    );
  });

  test('extractors: a file, there or not, and a package, at its file', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'node_modules/notes'), { recursive: true });
    writeFileSync(join(folder, 'node_modules/notes/index.js'), '');
    writeFileSync(join(folder, 'here.js'), '');
    const words = await scheduledWords(folder, [
      '-s',
      'a',
      '-t',
      'b',
      '--extractor',
      'here.js,./absent.js,/x/y.js,notes',
    ]);
    expect(words).toMatch(
      / --extractor \/home\/ann\/here\.js,\/home\/ann\/absent\.js,\/x\/y\.js,\S+\/notes\/index\.js$/,
    );
  });

  test.for(['json', 'ndjson'])('the format %s, which is never quiet, gives way to the table', async (format) => {
    const options = { env: { AUDIT_EXTRACT_FORMAT: format } };
    expect(await scheduledWords(tempFolder(), ['-s', 'a', '-t', 'b'], options)).toMatch(/ --format table$/);
  });
});

describe('what cannot be scheduled is exit code 2', () => {
  const FILES = ['-s', 'a.db', '-t', 'b.db'];

  test.for([
    [[], 'schedule needs to know for which scheduler', /--systemd .*--launchd .*--cron/],
    [['--cron', '--launchd'], '--cron and --launchd contradict each other', /one of them/],
    [['--cron', '--every', '7'], "--every cannot be '7'", /^the nearest that cron can do are 6 and 10 minutes$/],
    [['--cron', '--every', '90'], "--every cannot be '90'", / 60 and 120 minutes$/],
    [['--cron', '--every', '1000'], "--every cannot be '1000'", / 720 and 1440 minutes$/],
    [['--systemd', '--every', '0'], "--every cannot be '0'", /whole number of minutes from 1 to 1440/],
    [['--systemd', '--every', '1441'], "--every cannot be '1441'", /from 1 to 1440/],
    [['--launchd', '--every', '1.5'], "--every cannot be '1.5'", /from 1 to 1440/],
    [['--cron', '--every', ''], "--every cannot be ''", /from 1 to 1440/],
    [['--cron', '--format', 'table'], 'schedule prints what its scheduler reads, and has no other format', /leave out/],
    [['--cron', '--batch-size', '0'], "--batch-size cannot be '0'", /whole number/],
    [['--cron', '--only', 'tool-eror'], "unknown extractor 'tool-eror'", /tool-errors/],
    [['--cron', '--extractor', 'absent'], /^extractor absent is no file in .* and no package/, /\.\/NAME/],
    [['--cron', '--extractor', './a', '--target', 'x\ny'], /^no schedule can hold the control character/, /name/],
    [['--cron', '--target', 'x '], /ends in white space$/, /name/],
    [['--cron', '--quiet'], "unknown option '--quiet'", /--help/],
  ] as const)('%j', async ([flags, error, hint]) => {
    const result = await runCli(['schedule', ...FILES, ...flags], { folder: tempFolder() });
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expectPlainMessages(result);
    const [, said, advice] = /^error: (.*)\nhint: (.*)\n$/.exec(result.stderr) ?? [];
    expect(said).toMatch(typeof error === 'string' ? new RegExp(`^${error.replace(/[.'-]/g, '\\$&')}$`) : error);
    expect(advice).toMatch(hint);
  });

  test('--json, with the error as JSON', async () => {
    const { code, stdout } = await runCli(['schedule', '--cron', '--json', ...FILES]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout).error).toMatchObject({ code: 'usage', hint: 'leave out --json and --format' });
  });

  test('a source without a target, and no usual folder, as for a run', async () => {
    expect((await runCli(['schedule', '--cron', '-s', 'a.db'])).stderr).toContain('hint: add --target PATH\n');
    expect(await runCli(['schedule', '--cron'])).toMatchObject({ code: 2, stdout: '' });
  });

  test('a target by URL, whose password is not told', async () => {
    const { code, stdout, stderr } = await runCli([
      'schedule',
      '--cron',
      '-s',
      'a',
      '-t',
      'libsql://me:s3cret@graph.example',
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).not.toContain('s3cret');
  });

  test('an extractor in a folder with a comma, which would be two', async () => {
    const folder = join(tempFolder(), 'a,b');
    mkdirSync(folder);
    const { code, stderr } = await runCli(['schedule', '--cron', ...FILES, '--extractor', './x.js'], { folder });
    expect(code).toBe(2);
    expect(stderr).toContain('has a comma in its path');
  });

  test('a misspelt command', async () => {
    const { stderr, code } = await runCli(['schedul', '--cron']);
    expect([stderr, code]).toEqual(["error: unknown command 'schedul'\nhint: did you mean schedule?\n", 2]);
  });
});
