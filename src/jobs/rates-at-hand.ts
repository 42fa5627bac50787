import { throwIfInterrupted } from '../engine/interrupt.ts';
import { summarizeError } from '../model/errors.ts';
import type { StatisticsSection } from '../model/statistics.ts';
import type { StatisticsJob } from './statistics.ts';
import { type RatesQuestion, readToolRates } from './tool-rates.ts';

/** So many calls are counted in about half a second; more are counted where that is asked for. */
const FEW_CALLS = 1_000_000;

/** A part of statistics of its own, if there is one, and why there is none. */
interface Rates {
  readonly rates: readonly StatisticsSection[];
  readonly warnings: readonly string[];
}

/** Rates that are asked for; beside all other statistics also those that a source at hand tells at a glance. */
export async function ratesAtHand(
  job: StatisticsJob & Pick<RatesQuestion, 'errorStatuses'>,
  limit: number,
): Promise<Rates> {
  const { source, view, filter, wantsRates, namesSource, signal } = job;
  const read = async (mostCalls: number) => {
    const rates = await readToolRates({ ...job, mostCalls }, limit);
    return rates === undefined ? [] : [rates];
  };
  if (wantsRates) return { rates: await read(Number.POSITIVE_INFINITY), warnings: [] };
  const isPlain = view === undefined && Object.values(filter).every((value) => value === undefined);
  if (!isPlain || source === undefined) return { rates: [], warnings: [] };
  const tell = (warning: string) => (namesSource ? [warning] : []);
  try {
    const rates = await read(FEW_CALLS);
    const hint = `${source} has many calls, so error rates by tool take a while; --rates shows them`;
    return { rates, warnings: rates.length === 0 ? tell(hint) : [] };
  } catch (error) {
    throwIfInterrupted(signal);
    return { rates: [], warnings: tell(`error rates by tool are not shown: ${summarizeError(error).message}`) };
  }
}
