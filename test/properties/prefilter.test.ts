import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownRules } from '../../src/redaction/own-rules.ts';
import { hasTrace } from '../../src/redaction/prefilter.ts';
import { findRecommended } from '../../src/redaction/recommended-rules.ts';
import { SECRET_EXAMPLES } from '../support/secrets.ts';
import { propertyRuns } from './property-runs.ts';

/** Texts that are nearly secrets: examples with a few characters changed, cut, doubled or put beside others. */
const nearSecrets = fc
  .array(
    fc.oneof(
      fc.record({
        secret: fc.constantFrom(...SECRET_EXAMPLES.map(([, secret]) => secret)),
        at: fc.nat(200),
        with: fc.string({ maxLength: 3 }),
        cut: fc.nat(2),
      }),
      fc.constantFrom(' ', '\n', ':', '@', '-', '_', '=', '"', 'x', '://', 'é', '\u0000'),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) =>
    parts
      .map((part) =>
        typeof part === 'string'
          ? part
          : part.secret.slice(0, part.at % part.secret.length) +
            part.with +
            part.secret.slice((part.at % part.secret.length) + part.cut),
      )
      .join(''),
  );

describe('the glance that decides whether a text is looked at closely', () => {
  it('sees a trace wherever a rule finds a secret', () => {
    let found = 0;
    fc.assert(
      fc.property(nearSecrets, (text) => {
        const findings = [findRecommended, ...ownRules].flatMap((find) => [...find(text)]);
        if (findings.length === 0) return;
        found++;
        expect(hasTrace(text)).toBe(true);
      }),
      propertyRuns(2000),
    );
    expect(found).toBeGreaterThan(500);
  });
});
