import { createRequire } from 'node:module';
import type { Finding } from './finding.ts';

/** The version of the rules, which is checked against the package by a test. */
export const RECOMMENDED_VERSION = '11.7.1';

/** As much of secretlint's interface for rules as it takes to run them on a text. */
interface Rule {
  readonly meta: { readonly id: string };
  readonly messages: Readonly<Record<string, unknown>>;
  create(context: RuleContext, options: object): { file(source: RuleSource): unknown };
}

interface RuleContext {
  createTranslator(messages: unknown): (messageId: string) => string;
  report(found: { readonly message: string; readonly range: readonly [start: number, end: number] }): void;
}

interface RuleSource {
  readonly content: string;
  readonly filePath: string | undefined;
  readonly ext: string;
}

/** The kinds as users know them; a rule that is new says its own name. */
const NAMES: Readonly<Record<string, string>> = {
  AWSAccessKeyID: 'aws-access-key-id',
  AWSAccountID: 'aws-account-id',
  AWSSecretAccessKey: 'aws-secret-access-key',
  PrivateKeyP12: 'gcp-private-key',
  PrivateKeyJSON: 'gcp-private-key',
  PackageJSON_xOauthToken: 'github-token',
  Npmrc_authToken: 'npm-token',
  NPM_ACCESS_TOKEN: 'npm-token',
  IncomingWebhook: 'slack-webhook',
  ANTHROPIC_API_KEY: 'anthropic-key',
  LINEAR_API_TOKEN: 'linear-token',
  OPS_TOKEN: '1password-token',
  MongoDBConnection: 'mongodb-url',
  MySQLConnection: 'mysql-url',
  PostgreSQLConnection: 'postgresql-url',
};

/** Left out: text from data must not be able to switch rules off. */
const SWITCH = '@secretlint/secretlint-rule-filter-comments';

/** Some rules look at files of a kind alone; a text may be any of them. */
const FILES = [
  { filePath: undefined, ext: '.json' },
  { filePath: '.npmrc', ext: '' },
];

const require = createRequire(import.meta.url);
let rules: readonly Rule[] | undefined;

/** Finds what secretlint's recommended rules find. They are loaded when the first text has to be looked at. */
export function findRecommended(text: string): readonly Finding[] {
  rules ??= loadRules();
  const findings: Finding[] = [];
  const context: RuleContext = {
    createTranslator: () => (messageId) => messageId,
    report: ({ message, range: [start, end] }) => findings.push({ start, end, kind: kindOf(message) }),
  };
  for (const rule of rules) {
    const detector = rule.create(context, {});
    for (const file of FILES) detector.file({ content: text, ...file });
  }
  return findings;
}

/** The kinds of secrets that the rules know. */
export function recommendedKinds(): ReadonlySet<string> {
  return new Set((rules ?? loadRules()).flatMap(({ messages }) => Object.keys(messages).map(kindOf)));
}

/** A module that can only be imported, and is small: Node requires it without waiting. */
function loadRules(): readonly Rule[] {
  const loaded: { readonly rules: readonly Rule[] } = require('@secretlint/secretlint-rule-preset-recommend');
  return loaded.rules.filter(({ meta }) => meta.id !== SWITCH);
}

function kindOf(messageId: string): string {
  const kebab = messageId.replaceAll('_', '-').replaceAll(/([a-z])(?=[A-Z])/g, '$1-');
  return NAMES[messageId] ?? kebab.toLowerCase();
}
