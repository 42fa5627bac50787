import { expect, it } from 'vitest';
import { auditOutcome } from '../../scripts/audit-outcome.ts';

it('any hole that is known fails', () => {
  const json = JSON.stringify({
    vulnerabilities: { left: { severity: 'low', range: '<1.2' }, right: { severity: 'high', range: '*' } },
  });
  expect(auditOutcome(json)).toEqual({
    holes: 2,
    lines: [
      'error: left <1.2 has a known hole (low)',
      'error: right * has a known hole (high)',
      'dependencies: 2 with known holes',
    ],
  });
  expect(auditOutcome('{"vulnerabilities":{}}')).toEqual({ holes: 0, lines: ['dependencies: 0 with known holes'] });
});

it('a registry that cannot be asked is said, without its name', () => {
  const { lines, holes } = auditOutcome(
    '{"message":"405 Method Not Allowed - POST https://registry.example/-/npm/v1"}',
  );
  expect(holes).toBe(0);
  expect(lines).toEqual([
    'dependencies: not audited, as the registry in use answers no such question (405 Method Not Allowed - POST)',
  ]);
});

it('anything else is no answer', () => {
  expect(() => auditOutcome('{}')).toThrow('nothing that can be understood');
  expect(() => auditOutcome('')).toThrow();
});
