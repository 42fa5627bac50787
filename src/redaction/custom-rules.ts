import type { SecretPattern } from '../model/redaction.ts';
import type { Finding } from './finding.ts';

/** The rule of a pattern that a user has added. Throws a SyntaxError where it is no regular expression. */
export function customRule({ name, pattern, flags = '' }: SecretPattern): (text: string) => Generator<Finding> {
  const expression = new RegExp(pattern, `g${flags}`);
  return function* (text: string): Generator<Finding> {
    for (const { index, 0: match } of text.matchAll(expression)) {
      if (match !== '') yield { start: index, end: index + match.length, kind: name };
    }
  };
}
