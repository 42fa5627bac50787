import type { Finding, FindSecrets } from './finding.ts';

/** Raised when the rules below change. */
export const OWN_VERSION = 1;

/**
 * Tokens by what they begin with, whatever stands before or after them: the recommended rules want the end of a word
 * there, which a text that was put together from parts need not have.
 */
const TOKENS: Readonly<Record<string, RegExp>> = {
  'github-token': /gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{82,}/g,
  'npm-token': /npm_[A-Za-z0-9]{36,}/g,
  'slack-token': /(?:xox[a-z]|xapp)-(?=[A-Za-z_-]{0,40}\d)[A-Za-z0-9_-]{10,}/g,
  'slack-webhook': /https:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9/_-]{20,}/gi,
  'aws-access-key-id': /A(?:3T[A-Z0-9]|KIA|GPA|IDA|ROA|IPA|NPA|NVA|SIA)[A-Z0-9]{16}/g,
  'sendgrid-key': /SG\.[\w-]{22}\.[\w-]{43}/g,
  'shopify-key': /shp(?:pa|ca|at|ss)_[A-Za-z0-9]{32,}/g,
  'anthropic-key': /sk-ant-api0\d-[A-Za-z0-9_-]{90,}/g,
  'linear-token': /lin_api_[A-Za-z0-9]{32,}/g,
  '1password-token': /ops_ey[A-Za-z0-9+/=_-]{100,}/g,
};

/**
 * Secrets by what stands around them, each in a group of its own: the recommended rules say where the whole begins, and how
 * long the group is, so that the end of the secret would stay; and they know few schemes and characters of URLs.
 */
const NEIGHBOURS: Readonly<Record<string, RegExp>> = {
  'aws-secret-access-key':
    /(?:SECRET|secret|Secret)_?(?:ACCESS|access|Access)?_?(?:KEY|key|Key)(?:\\*["'])?\s*(?::|=>|=)\s*(?:\\*["'])?([A-Za-z0-9/+=]{40})/dg,
  'npm-token': /_authToken\s*=\s*["']?([^\s$"'][^\s"']*)/dg,
  'basic-auth': /:\/\/([^\s:/@]{0,256}:(?![$<{%*]|(?:password|passwd|pass|secret|token)@)[^\s/]{4,512})@(?=[^\s/@])/dgi,
};

const PEM_BEGIN = /-{0,5}BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const PEM_END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
/** What follows the first line of a key, and not that of a sentence about keys. */
const PEM_BODY = /^(?:\s|\\[nr]|[A-Z][A-Za-z-]{0,40}: .{0,200}){0,40}[A-Za-z0-9+/=]{16}/;
/** A key that lost its beginning has so many characters before its end, at the most. */
const LONGEST_BODY = 20_000;

/** What the recommended rules leave to options, measure wrongly, or take for a placeholder. */
export const ownRules: readonly FindSecrets[] = [findTokens, findByNeighbours, findPrivateKeys, findEndsOfPrivateKeys];

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
    const [begin = ''] = PEM_BEGIN.exec(text.slice(from)) ?? [];
    if (begin === '') return;
    const start = text.indexOf(begin, from);
    from = start + begin.length;
    PEM_END.lastIndex = from;
    const hasEnd = PEM_END.test(text);
    if (!hasEnd && !PEM_BODY.test(text.slice(from, from + LONGEST_BODY))) continue;
    from = hasEnd ? PEM_END.lastIndex : text.length;
    yield { start, end: from, kind: 'private-key' };
  }
}

/** A key whose beginning was cut off: what stands before its end, as far as it may be of it. */
function* findEndsOfPrivateKeys(text: string): Generator<Finding> {
  for (const { index, 0: match } of text.matchAll(PEM_END)) {
    const [body = ''] = /[A-Za-z0-9+/=\s\\]*$/.exec(text.slice(Math.max(0, index - LONGEST_BODY), index)) ?? [];
    yield { start: index - body.length, end: index + match.length, kind: 'private-key' };
  }
}
