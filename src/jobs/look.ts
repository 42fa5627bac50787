import { summarizeError } from '../model/errors.ts';
import type { HealthFinding } from '../model/health.ts';

/** Looks at something; what keeps it from being looked at is a finding, too. A lock of others is none that lasts. */
export async function look(
  check: string,
  find: () => readonly HealthFinding[] | Promise<readonly HealthFinding[]>,
): Promise<readonly HealthFinding[]> {
  try {
    return await find();
  } catch (error) {
    const { code, message, hint } = summarizeError(error);
    return [{ check, status: code.endsWith('-locked') ? 'warning' : 'error', what: message, todo: hint }];
  }
}
