import type { Finding, FindSecrets } from './finding.ts';

/** Raised when the rules below change. */
export const OWN_VERSION = 1;

/**
 * Tokens by what they begin with, whatever stands before or after them: the recommended rules want the end of a word
 * there, which a text that was put together from parts need not have.
 */
const TOKENS: Readonly<Record<string, RegExp>> = {
  'github-token': /gh[pousr]_[A-Za-z0-9_]{36,}|github_pat_[A-Za-z0-9_]{82,}/g,
  'npm-token': /npm_[A-Za-z0-9_]{36,}/g,
  'slack-token': /(?:xox[abopr]|xapp)-(?:[A-Za-z0-9]+-)+[A-Za-z0-9]+/g,
  'aws-access-key-id': /A(?:3T[A-Z0-9]|KIA|GPA|IDA|ROA|IPA|NPA|NVA|SIA)[A-Z0-9]{16}/g,
  'sendgrid-key': /SG\.[\w-]{22}\.[\w-]{43}/g,
  'shopify-key': /shp(?:pa|ca|at|ss)_[A-Za-z0-9]{32,}/g,
  'anthropic-key': /sk-ant-api0\d-[A-Za-z0-9_-]{90,}/g,
  'linear-token': /lin_api_[A-Za-z0-9_]{32,}/g,
  '1password-token': /ops_ey[A-Za-z0-9+/=_-]{100,}/g,
};

/**
 * Secrets by what stands around them, each in a group of its own: the recommended rules say where the whole begins, and how
 * long the group is, so that the end of the secret would stay.
 */
const NEIGHBOURS: Readonly<Record<string, RegExp>> = {
  'aws-secret-access-key':
    /(?:SECRET|secret|Secret)_?(?:ACCESS|access|Access)_?(?:KEY|key|Key)["']?\s*(?::|=>|=)\s*["']?([A-Za-z0-9/+=]{40})/dg,
  'npm-token': /_authToken=([^\s$][^\r\n]*)/dg,
  'github-token': /https?:\/\/([^\s]{1,256}):x-oauth-basic@github\.com/dg,
};

const PEM_BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const PEM_END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** What the recommended rules leave to options, or take for a placeholder. */
export const ownRules: readonly FindSecrets[] = [findTokens, findByNeighbours, findPrivateKeys];

function* findTokens(text: string): Generator<Finding> {
  for (const [kind, token] of Object.entries(TOKENS)) {
    for (const { index, 0: match } of text.matchAll(token)) yield { start: index, end: index + match.length, kind };
  }
}

function* findByNeighbours(text: string): Generator<Finding> {
  for (const [kind, expression] of Object.entries(NEIGHBOURS)) {
    for (const { indices } of text.matchAll(expression)) {
      const [start, end] = indices?.[1] ?? [0, text.length];
      yield { start, end, kind };
    }
  }
}

/** A key without an end was cut off somewhere: all that follows may be of it. */
function* findPrivateKeys(text: string): Generator<Finding> {
  for (let from = 0; ; ) {
    const begin = text.slice(from).search(PEM_BEGIN);
    if (begin === -1) return;
    const start = from + begin;
    PEM_END.lastIndex = start;
    from = PEM_END.test(text) ? PEM_END.lastIndex : text.length;
    yield { start, end: from, kind: 'private-key' };
  }
}
