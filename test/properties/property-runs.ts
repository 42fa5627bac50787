import type { Parameters } from 'fast-check';

/** How often a property runs; AUDIT_PROPERTY_RUNS times as often for a hunt, AUDIT_PROPERTY_SEED for a replay. */
export function propertyRuns(usual: number): Parameters<unknown> {
  const { AUDIT_PROPERTY_RUNS: factor = '1', AUDIT_PROPERTY_SEED: seed = '20260205' } = process.env;
  return { numRuns: usual * Number(factor), seed: Number(seed) };
}
