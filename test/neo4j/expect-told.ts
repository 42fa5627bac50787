import { expect } from 'vitest';
import { expectPlainMessages, expectSameErrors, linesOf } from '../support/expect-failure.ts';
import { type CliOptions, runCli } from '../support/run-cli.ts';
import { PASSWORD, USER } from './start-neo4j.ts';

/** Neither is to be found anywhere but in the environment of the program. */
export const CREDENTIALS = { AUDIT_EXTRACT_NEO4J_USER: USER, AUDIT_EXTRACT_NEO4J_PASSWORD: PASSWORD };

interface Expected {
  readonly code: number;
  readonly error: string;
  readonly says: RegExp;
  readonly hint: RegExp;
}

/** Fails in the same way for people and for programs, and tells nobody who connects. */
export async function expectTold(args: readonly string[], expected: Expected, options: CliOptions = {}): Promise<void> {
  const given = { ...options, env: { ...CREDENTIALS, ...options.env } };
  const [plain, json] = await Promise.all([runCli(args, given), runCli([...args, '--json'], given)]);
  for (const { code, stdout, stderr } of [plain, json]) {
    expect({ code, error: linesOf('error', stderr)[0] }).toEqual({
      code: expected.code,
      error: expect.stringMatching(expected.says),
    });
    expect(linesOf('hint', stderr)[0]).toMatch(expected.hint);
    expectPlainMessages({ stderr });
    expectNothingSecret(stdout + stderr);
  }
  expectSameErrors(json, [expected.error]);
}

export function expectNothingSecret(said: string): void {
  expect(said).not.toContain(PASSWORD);
  expect(said.replaceAll(/(neo4j|bolt)(\+s)?:\/\/\S+/g, '').replaceAll('AUDIT_EXTRACT_NEO4J_', '')).not.toContain(USER);
}
