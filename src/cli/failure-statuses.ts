import type { FailureStatuses } from '../engine/kept-condition.ts';
import type { Settings } from '../model/settings.ts';

/** Statuses of the command line go before those of the run that wrote the graph; those of other layers do not. */
export function failureStatuses(
  { errorStatuses }: Settings,
  { errorStatus }: { readonly errorStatus?: string },
): FailureStatuses {
  return { errorStatuses, isAsked: errorStatus !== undefined };
}
