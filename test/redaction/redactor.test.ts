import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { createRedactor, RECOMMENDED } from '../../src/redaction/create-redactor.ts';
import { RECOMMENDED_VERSION, recommendedKinds } from '../../src/redaction/recommended-rules.ts';
import { SECRET_EXAMPLES, SECRETS } from '../support/secrets.ts';

const redact = (text: string) => createRedactor(RECOMMENDED).redact(text);
const token = SECRETS['github-token']?.[0] ?? '';

describe('a secret', () => {
  it.for(SECRET_EXAMPLES)('of kind %s becomes a placeholder, wherever it stands', ([kind, secret]) => {
    for (const [before, after] of [
      ['', ''],
      ['see ', '\nand on'],
      ['(', ')'],
      ['"', '"'],
      ['x', ''],
      ['\u0000', '\u0000'],
    ]) {
      const text = redact(`${before}${secret}${after}`);
      expect(text).toMatch(/\[redacted:[a-z0-9-]+\]/);
      for (const part of secret.match(/[A-Za-z0-9]{12,}/g) ?? []) expect(text).not.toContain(part);
    }
    expect([...countsOf(secret).keys()]).toEqual([kind]);
  });

  it('leaves the text around it as it was', () => {
    expect(redact(`git push with ${token}, then done`)).toBe('git push with [redacted:github-token], then done');
  });

  it('is counted by its kind', () => {
    const redactor = createRedactor(RECOMMENDED);
    redactor.redact(`${token} and ${token}`);
    redactor.redact(SECRETS['slack-webhook']?.[0] ?? '');
    redactor.clean(token);
    expect([...redactor.takeCounts()]).toEqual([
      ['github-token', 2],
      ['slack-webhook', 1],
    ]);
    expect([...redactor.takeCounts()]).toEqual([]);
  });

  it('cannot be kept by a comment in the data that switches rules off', () => {
    expect(redact(`secretlint-disable\n${token}`)).not.toContain(token);
  });

  it('in a secret is one with it', () => {
    expect(redact(`https://alice:${token}@example.org/`)).toBe('[redacted:basic-auth]/');
  });
});

describe('text without secrets stays as it is', () => {
  it.for([
    '',
    'plain',
    'task-123 ask-me',
    'https://example.org/a:b@c',
    '[redacted:github-token]',
    'AKIA',
    'SG.a.b',
    'secret_access_key = none',
    'xoxb-',
    '_authToken=$NPM_TOKEN',
    '-----BEGIN CERTIFICATE-----\nMII\n',
    '\u0000\ud800',
  ])('%j', (text) => expect(redact(text)).toBe(text));
});

it('what comes out stays as it is when it comes in again', () => {
  for (const [, secret] of SECRET_EXAMPLES) {
    const once = redact(`a ${secret} b ${secret}`);
    expect(redact(once)).toBe(once);
  }
});

describe('patterns of a user', () => {
  const custom = (pattern: string, flags?: string) =>
    createRedactor({ patterns: [{ name: 'acme-key', pattern, flags }] });

  it('are looked for beside the recommended ones', () => {
    expect(custom('acme-\\d+').redact(`acme-12 ${token}`)).toBe('[redacted:acme-key] [redacted:github-token]');
    expect(custom('^ACME$', 'i').redact('acme')).toBe('[redacted:acme-key]');
  });

  it('may match anything, placeholders too', () => {
    expect(custom('\\w+').redact(`a b ${token}`)).toBe(
      '[redacted:acme-key] [redacted:acme-key] [redacted:github-token]',
    );
    expect(custom('x*').redact('axb')).toBe('a[redacted:acme-key]b');
    expect(custom('.').redact('ab')).toBe('[redacted:acme-key][redacted:acme-key]');
  });

  it('make other rules than none do, and than others do', () => {
    const rules = [createRedactor('off'), createRedactor(RECOMMENDED), custom('a'), custom('a', 'i'), custom('b')].map(
      (one) => one.rules,
    );
    expect(new Set(rules).size).toBe(rules.length);
  });

  it('are looked for in the texts of JSON, as they are, and in its names', () => {
    const json = JSON.stringify({ a: ['acme', 'é\n"'], acme: 1 });
    expect(custom('^acme$').cleanJson(json)).toBe(
      JSON.stringify({ a: ['[redacted:acme-key]', 'é\n"'], '[redacted:acme-key]': 1 }),
    );
    expect(custom('^none$').cleanJson(' {"a" : 1.0}')).toBe(' {"a" : 1.0}');
    expect(custom('acme').cleanJson('no json, acme')).toBe('no json, [redacted:acme-key]');
  });
});

describe('the recommended rules', () => {
  it('are of the version that the digest of settings says', () => {
    const path = createRequire(import.meta.url).resolve('@secretlint/secretlint-rule-preset-recommend/package.json');
    expect(JSON.parse(readFileSync(path, 'utf8')).version).toBe(RECOMMENDED_VERSION);
  });

  it('know no kind of which there is no example here', () => {
    const left = [...recommendedKinds()].filter((kind) => !(kind in SECRETS));
    // An account is named by it, and nothing can be done with it: secretlint looks for it only when asked.
    expect(left).toEqual(['aws-account-id']);
  });
});

it('takes its time for no text, however it is made', () => {
  const parts = [
    'AKIA',
    'SG.aaa.',
    'SG.',
    'mongodb://a:',
    'https://a:',
    '-----BEGIN PRIVATE KEY-----',
    'xoxb-a-',
    '_authToken=',
    'ops_ey',
    'a'.repeat(300),
  ];
  for (const part of parts) {
    const text = part.repeat(Math.ceil(300_000 / part.length));
    for (const hostile of [text, `${text} ${token}`, `PRIVATE KEY ${text}`]) {
      const started = performance.now();
      redact(hostile);
      expect(performance.now() - started, part).toBeLessThan(4000);
    }
  }
});

function countsOf(text: string): ReadonlyMap<string, number> {
  const redactor = createRedactor(RECOMMENDED);
  redactor.redact(text);
  return redactor.takeCounts();
}
