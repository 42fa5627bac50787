import { describe, expect, test } from 'vitest';
import { bigScene } from '../support/big-source.ts';
import { runOnTerminal } from '../support/run-shell.ts';
import { orchardScene, tablesScene } from '../support/scene.ts';

const ESC = '\u001b';
const COLOR = /\u001b\[[0-9;]+m/;
const HIDE_CURSOR = `${ESC}[?25l`;
const SHOW_CURSOR = `${ESC}[?25h`;
const SIZED = 'stty cols 100 rows 30; audit "$@"';

describe('on a terminal', () => {
  test('there are colours and a live line, and the cursor comes back', async () => {
    const { stdout, code } = await runOnTerminal(SIZED, orchardScene().paths);
    expect(code).toBe(0);
    expect(stdout).toMatch(COLOR);
    expect(stdout).toContain('opening');
    expect(stdout.indexOf(SHOW_CURSOR)).toBeGreaterThan(stdout.lastIndexOf(HIDE_CURSOR));
    expect(stdout.indexOf(SHOW_CURSOR)).toBeLessThan(stdout.indexOf('│ tool-errors '));
  });

  test('the live line says where a long run stands', async () => {
    const { stdout } = await runOnTerminal(SIZED, [...bigScene(20_000).paths, '--batch-size', '20']);
    expect(stdout).toMatch(/session-boundaries: [\d,]+ (rows|nodes) [^\n]*\d\/s, \d+ %, \d+ s left/);
  });

  test('the cursor comes back after a failure and after Ctrl-C', async () => {
    const failed = await runOnTerminal(SIZED, ['-s', '/nonexistent', '-t', '/nonexistent']);
    expect(failed.code).toBe(2);
    expect(failed.stdout.lastIndexOf(SHOW_CURSOR)).toBeGreaterThanOrEqual(failed.stdout.lastIndexOf(HIDE_CURSOR));
    const command = 'stty cols 100; "$NODE" "$BIN" "$@" & sleep 0.8; kill -INT $!; wait $!';
    const stopped = await runOnTerminal(command, [...bigScene(30_000).paths, '--batch-size', '2']);
    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toContain(HIDE_CURSOR);
    expect(stopped.stdout.lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(stopped.stdout.lastIndexOf(HIDE_CURSOR));
    expect(stopped.stdout).toContain('error: interrupted by SIGINT');
  });

  test('--no-progress keeps the colours, and has no live line', async () => {
    const { stdout } = await runOnTerminal(SIZED, [...orchardScene().paths, '--no-progress']);
    expect(stdout).toMatch(COLOR);
    expect(stdout).not.toContain(HIDE_CURSOR);
    expect(stdout.replaceAll(/\u001b\[[0-9;]+m/g, '')).not.toContain(ESC);
  });

  test.for([
    ['NO_COLOR=1', [], { NO_COLOR: '1' }],
    ['NO_COLOR=1 beside FORCE_COLOR=1', [], { NO_COLOR: '1', FORCE_COLOR: '1' }],
    ['--no-color', ['--no-color'], {}],
    ['TERM=dumb', [], { TERM: 'dumb' }],
    ['--json', ['--json'], {}],
    ['--format ndjson', ['--format', 'ndjson'], {}],
    ['--quiet', ['--quiet'], {}],
  ] as const)('no control sequence with %s', async ([, flags, env]) => {
    const { stdout, code } = await runOnTerminal(SIZED, [...orchardScene().paths, ...flags], env);
    expect(code).toBe(0);
    expect(stdout).toContain('11');
    expect(stdout.replaceAll('\r\n', '')).not.toMatch(/\p{Cc}/u);
  });

  test('no control sequence with --json on a failing run either', async () => {
    const { stdout } = await runOnTerminal(SIZED, ['--json', '-s', '/nonexistent', '-t', '/nonexistent']);
    expect(stdout.replaceAll('\r\n', '')).not.toMatch(/\p{Cc}/u);
  });

  test('a terminal that does not know its size gets no endless live line', async () => {
    const command = 'stty cols 0 rows 0; timeout -s KILL 5 "$NODE" "$BIN" "$@" > /dev/null';
    const { stdout, code } = await runOnTerminal(command, orchardScene().paths);
    expect(stdout.length).toBeLessThan(10_000);
    expect(code).toBe(0);
  });

  test('the sample is shown on a terminal that does not know its size', async () => {
    const { stdout } = await runOnTerminal('stty cols 0 rows 0; audit "$@"', [...orchardScene().paths, '--no-color']);
    expect(stdout).toContain('+ [ToolError] Bash (exit_code_1) x3');
  });

  test('lines of the sample are cut to a narrow terminal', async () => {
    const { stdout } = await runOnTerminal('stty cols 40; audit "$@"', [...orchardScene().paths, '--no-color']);
    const lines = stdout.split('\r\n').filter((line) => line.startsWith('  '));
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.every((line) => line.length <= 40)).toBe(true);
  });

  test('only stderr is a terminal: a live line there, stdout is plain', async () => {
    const command = 'stty cols 100; out=$(audit "$@"); printf "OUT[%s]" "$out"';
    const { stdout } = await runOnTerminal(command, orchardScene().paths);
    const [live = '', out = ''] = stdout.split('OUT[');
    expect(live).toContain(HIDE_CURSOR);
    expect(out).toContain('11 inserted');
    expect(out).not.toContain(ESC);
  });
});

test('text from data reaches a terminal with its control, bidi and zero-width characters made visible', async () => {
  const content = `red ${ESC}[31m bell \u0007 c1 \u009b2J bidi \u202e zero \u200b`;
  const system_events = {
    columns: 'id INTEGER PRIMARY KEY, entry_id, subtype, level, content, compact_trigger',
    rows: [
      { content, subtype: `${ESC}]0;title\u0007` },
      { id: 7n, subtype: 'x\u202ey' },
    ],
  };
  const { stdout } = await runOnTerminal(SIZED, [...tablesScene({ system_events }).paths, '--no-color']);
  expect(stdout).toContain('+ [System] red [31m bell c1 2J bidi \\u{202e} zero \\u{200b}');
  expect(stdout).toContain('+ [System] x\\u{202e}y');
  expect(stdout.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\u200b\u202e]/u);
});
