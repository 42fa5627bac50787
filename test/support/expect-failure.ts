import { expect } from 'vitest';
import { type CliOptions, type CliResult, runCli } from './run-cli.ts';

/** What a failing command line is expected to tell. */
export interface Failure {
  readonly code: number;
  /** The stable code in the JSON. */
  readonly error: string;
  /** In the `error:` line. */
  readonly says?: string | RegExp;
  /** In the `hint:` line. */
  readonly hint?: string | RegExp;
  /** Runs both at the same time, which is no good where they would get in each other's way. */
  readonly together?: true;
}

interface JsonError {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

interface JsonDocument {
  readonly schema: string;
  readonly error?: JsonError;
  readonly extractors?: readonly { readonly error?: JsonError }[];
}

const SQL = /\b(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|FROM|WHERE|VALUES|PRAGMA|BEGIN|COMMIT|ROLLBACK|RAISE)\b/;

/** The lines of stderr that begin like this, without their beginning. */
export function linesOf(kind: 'error' | 'hint' | 'warning', stderr: string): readonly string[] {
  const lines = stderr.split('\n').filter((line) => line.startsWith(`${kind}: `));
  return lines.map((line) => line.slice(kind.length + 2));
}

/** Every error in a JSON document on stdout, an extractor's own included; that of the run only when it is no extractor's. */
function errorsIn(stdout: string): readonly JsonError[] {
  const document: JsonDocument = JSON.parse(stdout);
  const own = (document.extractors ?? []).flatMap(({ error }) => (error ? [error] : []));
  return own.length > 0 || document.error === undefined ? own : [document.error];
}

/** Nothing on stderr but errors, hints and warnings: no stack, no SQL, no control character. */
export function expectPlainMessages({ stderr }: Pick<CliResult, 'stderr'>): void {
  expect(stderr).toMatch(/^((error|hint|warning): [^\n]+\n)*$/);
  expect(stderr).not.toMatch(/^\s*at .*:\d+/m);
  expect(stderr).not.toMatch(SQL);
  expect(stderr).not.toMatch(/[^\P{Cc}\n]/u);
  expect(stderr).not.toMatch(/\[object /);
}

/** Runs a command line as it is and once more with `--json`: both must fail in the same way. */
export async function expectFailure(args: readonly string[], expected: Failure, options?: CliOptions): Promise<void> {
  const first = runCli(args, options);
  if (!expected.together) await first;
  const [plain, json] = await Promise.all([first, runCli([...args, '--json'], options)]);
  for (const result of [plain, json]) {
    expectPlainMessages(result);
    expect(linesOf('error', result.stderr)).toHaveLength(1);
    expect(linesOf('hint', result.stderr)).toHaveLength(1);
    if (expected.says !== undefined) expect(linesOf('error', result.stderr)[0]).toMatch(expected.says);
    if (expected.hint !== undefined) expect(linesOf('hint', result.stderr)[0]).toMatch(expected.hint);
  }
  expect([plain.code, json.code]).toEqual([expected.code, expected.code]);
  if (expected.code === 2 && !args.includes('--json')) expect(plain.stdout).toBe('');
  expectSameErrors(json, [expected.error]);
}

/** Under `--json` stdout is one document, and its errors are those that stderr tells. */
export function expectSameErrors({ stdout, stderr }: CliResult, codes: readonly string[]): void {
  const errors = errorsIn(stdout);
  expect(errors.map(({ code }) => code)).toEqual(codes);
  expect(errors.map(({ message }) => message)).toEqual(linesOf('error', stderr));
  expect(errors.map(({ hint }) => hint)).toEqual(linesOf('hint', stderr));
}
