import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { expectFailure, linesOf } from '../support/expect-failure.ts';
import { readValue } from '../support/graph-rows.ts';
import { expectHarmless } from '../support/hostile-scene.ts';
import { readActions, readEventTypes } from '../support/read-actions.ts';
import { readNodes } from '../support/read-graph.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { runShell } from '../support/run-shell.ts';
import { tempFolder } from '../support/temp-folder.ts';

const newTarget = () => join(tempFolder(), 'org.db');
const logged = (target: string, input: string | Uint8Array, ...flags: readonly string[]) =>
  runCli(['log', '--stdin', '-t', target, ...flags], { input });
const hasNodes = (target: string) => readValue(target, "SELECT 1 FROM sqlite_schema WHERE name = 'kg_nodes'") === 1;
/** One line for each: an action, the rest of it after the colon. */
const lines = (count: number, from = 1) =>
  Array.from({ length: count }, (_, at) => `{"action":"A${from + at}","key":"${from + at}"}\n`).join('');

describe('the lines of log --stdin', () => {
  it('say all of an action', async () => {
    const target = newTarget();
    const line = {
      action: 'LOGIN',
      user: 'u-17',
      user_name: 'Ann Lee',
      category: 'SECURITY',
      details: { ip: '192.0.2.1' },
      timestamp: '2026-02-05T10:00:00Z',
      key: 'login-4711',
    };
    const { code, stdout, stderr } = await logged(target, `${JSON.stringify(line)}\n{"action":"IDLE"}\n`);
    expect([code, stdout, stderr]).toEqual([0, '2 actions logged.\n', '']);
    expect(readActions(target)).toMatchObject([
      {
        id: 'audit_event:log:login-4711',
        name: '[Action] LOGIN by Ann Lee',
        json: '{"eventType":"LOGIN","eventCategory":"SECURITY","timestamp":"2026-02-05T10:00:00Z","userUID":"u-17","userName":"Ann Lee","details":{"ip":"192.0.2.1"}}',
      },
      { name: '[Action] IDLE by the system', properties: { eventType: 'IDLE' } },
    ]);
  });

  it.for<[what: string, input: string | Uint8Array, actions: readonly string[]]>([
    ['nothing', '', []],
    ['nothing but blank lines', '\n \t\r\n\n', []],
    ['blank lines between', '{"action":"A"}\n\n  \n{"action":"B"}\n', ['A', 'B']],
    ['lines that end in CR LF', '{"action":"A"}\r\n{"action":"B"}\r\n', ['A', 'B']],
    ['no end of the last line', '{"action":"A"}\n{"action":"B"}', ['A', 'B']],
    ['a byte order mark', '\ufeff{"action":"A"}\n{"action":"B"}\n', ['A', 'B']],
    ['nothing but a byte order mark', '\ufeff', []],
    ['line separators that JSON allows in texts', '{"action":"A\u2028\u2029\u0085B"}\n', ['A\u2028\u2029\u0085B']],
    ['what is no UTF-8', Buffer.from('{"action":"A\xff\xc3"}\n', 'latin1'), ['A\ufffd\ufffd']],
    ['escapes', '{"\\u0061ction":"A\\u0000\\ud83d\\ude00"}\n', ['A\0😀']],
    ['half a character', '{"action":"A\\ud800","user":"\\udc00"}\n', ['A\ufffd']],
    ['a name twice, the last one counting', '{"action":"A","action":"B"}\n', ['B']],
  ])('may have %s', async ([, input, actions]) => {
    const target = newTarget();
    expect(await logged(target, input)).toMatchObject({ code: 0, stderr: '' });
    expect(readEventTypes(target)).toEqual(actions);
  });

  it('keep the digits of details, and what is no member of theirs', async () => {
    const target = newTarget();
    const details = '{"id":9007199254740993,"details":{"n":1.10},"__proto__":{"user":"root"},"a":"}],\\""}';
    await logged(target, `{"action":"A","details":0,"details": ${details} }\n{"action":"B","details":null}\n`);
    const [first, second] = readActions(target).map(({ json }) => json);
    expect(first?.endsWith(`,"details":${details}}`)).toBe(true);
    expect(second).not.toContain('details');
  });

  it('come over a pipe in parts that end anywhere', async () => {
    const target = newTarget();
    const child = startCli(['log', '--stdin', '-t', target]);
    const ended = new Promise((resolve) => child.once('close', resolve));
    for (const byte of Buffer.from('{"action":"Ä漢😀"}\r\n{"action":"B"}')) {
      child.stdin.write(Buffer.of(byte));
      await setTimeout(1);
    }
    child.stdin.end();
    expect(await ended).toBe(0);
    expect(readEventTypes(target)).toEqual(['Ä漢😀', 'B']);
  });
});

it('does not keep in memory what has come: it is in before more is read', async () => {
  const target = newTarget();
  const child = startCli(['log', '--stdin', '-t', target]);
  const ended = new Promise((resolve) => child.once('close', resolve));
  const logged = () => (existsSync(target) && hasNodes(target) ? readEventTypes(target) : []);
  const actions: string[] = [];
  for (const action of ['A', 'B', 'C']) {
    child.stdin.write(`{"action":"${action}"}\n`);
    actions.push(action);
    while (logged().length < actions.length && child.exitCode === null) await setTimeout(10);
    expect(logged()).toEqual(actions);
  }
  child.stdin.end();
  expect(await ended).toBe(0);
});

it('takes no folder for standard input', async () => {
  const folder = tempFolder();
  const target = join(folder, 'org.db');
  for (const words of ['--stdin', 'A --details -']) {
    const { stderr, code } = await runShell(`audit log ${words} -t "$1" < "$2"`, [target, folder]);
    expect([code, linesOf('error', stderr)]).toEqual([
      2,
      [expect.stringMatching(/^standard input cannot be read: EISDIR/)],
    ]);
  }
});

describe('a line that cannot be logged', () => {
  it.for([
    ['hello', 'action-invalid', /no action: Unexpected token/],
    ['{"action":"A"', 'action-invalid', /no action: /],
    ['{"action":"A"}{"action":"B"}', 'action-invalid', /no action: /],
    ['{"action":"A"}\0', 'action-invalid', /no action: /],
    ['[{"action":"A"}]', 'action-invalid', /no action: .*expected object, received array/],
    ['null', 'action-invalid', /expected object, received null/],
    ['{}', 'action-invalid', /no action: action: .*expected string/],
    ['{"action":5}', 'action-invalid', /action: .*received number/],
    ['{"action":"A","user":null}', 'action-invalid', /user: .*received null/],
    ['{"action":"A","user":{"uid":"u"}}', 'action-invalid', /user: .*received object/],
    ['{"action":"A","acton":1}', 'action-invalid', /Unrecognized key: "acton"/],
    ['{"action":"A","__proto__":{"user":"root"}}', 'action-invalid', /Unrecognized key: "__proto__"/],
    [`{"action":"A","${'x'.repeat(5000)}":1}`, 'action-invalid', /it has a member that no action has/],
    ['{"action":" "}', 'action-invalid', /the action is empty/],
    [`{"action":"${'x'.repeat(501)}"}`, 'action-invalid', /more than 500 characters/],
    ['{"action":"A","user_name":"Ann"}', 'action-invalid', /a name and no id/],
    ['{"action":"A","timestamp":"soon"}', 'action-invalid', /'soon' is no date/],
    [`{"action":"A","details":"${'x'.repeat(65_535)}"}`, 'action-invalid', /the details have 65537 bytes/],
    [`{"action":"A","details":"${'x'.repeat(5_000_000)}"}`, 'action-invalid', /it has more than 1000000 characters/],
  ] as const)('%.60s: those before it are in, and no other', async ([line, error, says]) => {
    const target = newTarget();
    const input = `{"action":"first","key":"1"}\n\n{"action":"second","key":"2"}\r\n${line}\n{"action":"after"}\n`;
    await expectFailure(['log', '--stdin', '-t', target], { code: 2, error, says }, { input });
    const { stderr } = await logged(target, input);
    expect(linesOf('error', stderr)).toEqual([
      expect.stringMatching(/^line 4 of standard input: .* \(actions logged: 2\)$/),
    ]);
    expect(readEventTypes(target)).toEqual(['first', 'second']);
  });

  it('whose key is another action’s: those before it are in, and no other', async () => {
    const target = newTarget();
    const input = '{"action":"A","key":"a"}\n{"action":"B","key":"b"}\n{"action":"C","key":"a"}\n{"action":"D"}\n';
    const says =
      /^line 3 of standard input: another action is logged as audit_event:log:a already.* \(actions logged: 2\)$/;
    await expectFailure(['log', '--stdin', '-t', target], { code: 6, error: 'action-differs', says }, { input });
    expect(readEventTypes(target)).toEqual(['A', 'B']);
  });

  it.for([1000, 1001, 2500])('far down, at line %i', async (bad) => {
    for (const [line, code] of [
      ['{"action":""}\n', 2],
      ['{"action":"other","key":"7"}\n', 6],
    ] as const) {
      const target = newTarget();
      const { code: ended, stderr } = await logged(target, `${lines(bad - 1)}${line}${lines(10, 5000)}`);
      expect([ended, linesOf('error', stderr)]).toEqual([
        code,
        [expect.stringMatching(new RegExp(`^line ${bad} of .* \\(actions logged: ${bad - 1}\\)$`))],
      ]);
      expect(readActions(target)).toHaveLength(bad - 1);
    }
  });

  it('is told with what was logged before it, as json and ndjson', async () => {
    const target = newTarget();
    const input = `${lines(2)}{"action":""}\n`;
    const json = await logged(target, input, '--json');
    const error = { code: 'action-invalid', message: expect.stringMatching(/^line 3 of/), hint: expect.any(String) };
    const ids = ['audit_event:log:1', 'audit_event:log:2'];
    expect(JSON.parse(json.stdout)).toEqual({
      schema: 'audit-extract/log@1',
      logged: 2,
      already_logged: 0,
      ids,
      target: { path: target },
      warnings: [],
      error,
    });
    const ndjson = await logged(target, input, '--format', 'ndjson');
    const rows = ndjson.stdout
      .trimEnd()
      .split('\n')
      .map((row): unknown => JSON.parse(row));
    expect(rows).toEqual([...ids.map((id) => ({ id })), { error }]);
  });

  it('does not do anything to a terminal, nor tell a secret', async () => {
    const secret = `gh${'p_'}${'aB3dE5gH7jK9mN1pQ'.repeat(3).slice(0, 36)}`;
    for (const line of ['\u001b[31m\u202e', `{"action":"A","\u001b]0;x\u0007":1}`, `{"action":"A","${secret}":1}`]) {
      const { code, stdout, stderr } = await logged(newTarget(), `${line}\n`, '--json');
      expect(code).toBe(2);
      expectHarmless(stdout + stderr, line);
      expect(stdout + stderr).not.toContain(secret);
    }
  });

  it('ends it, though more is to come', async () => {
    const child = startCli(['log', '--stdin', '-t', newTarget()]);
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.stdin.on('error', () => {}).write('no action\n');
    expect(await ended).toBe(2);
  });
});

describe('lines with keys', () => {
  it('once more log what is not in yet, and nothing twice', async () => {
    const target = newTarget();
    await logged(target, lines(30));
    const before = readNodes(target);
    const { code, stdout } = await logged(target, lines(30), '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { logged: 0, already_logged: 30 }]);
    expect(readNodes(target)).toEqual(before);
    expect((await logged(target, lines(50))).stdout).toBe('20 actions logged, 30 logged before.\n');
    expect(readActions(target)).toHaveLength(50);
  });

  it('that stand twice in one input are logged once', async () => {
    const target = newTarget();
    const { stdout } = await logged(target, lines(5) + lines(5), '--json');
    expect(JSON.parse(stdout)).toMatchObject({ logged: 5, already_logged: 5 });
    expect(readActions(target)).toHaveLength(5);
  });
});

describe('a reader that closes early', () => {
  it.for(['table', 'json', 'ndjson', 'csv'])('loses nothing of what is logged (%s)', async (format) => {
    const target = newTarget();
    const script = `printf '%s' "$INPUT" | audit log --stdin "$@" | true; echo "\${PIPESTATUS[1]}"`;
    const result = await runShell(script, ['-t', target, '--format', format], { INPUT: lines(1500) });
    expect(result).toMatchObject({ stdout: '0\n', stderr: '' });
    expect(readActions(target)).toHaveLength(1500);
  });
});
