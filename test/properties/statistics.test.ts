import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ErrorCount, ErrorFilter } from '../../src/model/statistics.ts';
import { openGraph } from '../../src/sqlite/questions/open-graph.ts';
import type { CountedEvent } from '../oracle/event-counts.ts';
import { entryEvents } from '../support/read-counts.ts';
import { runJob } from '../support/run-job.ts';
import { numberedFiles } from './numbered-files.ts';
import { propertyRuns } from './property-runs.ts';
import { sourceCase } from './source-cases.ts';
import { writeSource } from './write-source.ts';

const ALL = 100_000;
const MS_A_DAY = 86_400_000;
const NO_FILTER: ErrorFilter = { tool: undefined, errorType: undefined, since: undefined, until: undefined };

/** What is counted of errors, one by one: names and counts in the order of names. */
function plainCounts(events: readonly CountedEvent[], by: 'tool' | 'type' | 'day' | 'session', filter: ErrorFilter) {
  const counts = new Map<string, [errors: number, events: number]>();
  const add = (name: string, errors: number, some: number) => {
    const [e, n] = counts.get(name) ?? [0, 0];
    counts.set(name, [e + errors, n + some]);
  };
  const isWithin = (day: string) => {
    const isOpen = filter.since === undefined && filter.until === undefined;
    if (day === '') return isOpen;
    const moment = Date.parse(day);
    return moment >= (filter.since ?? -Infinity) && moment <= (filter.until ?? Infinity);
  };
  for (const { what, how, session, day, rows } of events) {
    if (filter.tool !== undefined && filter.tool !== what) continue;
    if (filter.errorType !== undefined && filter.errorType !== how) continue;
    const within = rows.filter(([one]) => isWithin(one));
    if (within.length === 0) continue;
    if (by === 'day') {
      for (const [one, count] of within) add(one, count, 0);
      if (isWithin(day)) add(day, 0, 1);
    } else {
      const name = { tool: what, type: how, session: session ?? '' }[by];
      add(
        name,
        within.reduce((sum, [, count]) => sum + count, 0),
        isWithin(day) ? 1 : 0,
      );
    }
  }
  return [...counts].map(([name, [errors, some]]) => ({ name, errors, events: some })).toSorted(byName);
}

const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);
const sorted = (rows: readonly ErrorCount[]) => rows.map((row) => ({ ...row })).toSorted(byName);
/** Days that text orders as time does. */
const isUsual = ({ day, rows }: CountedEvent) =>
  [day, ...rows.map(([one]) => one)].every((one) => one === '' || /^\d{4}-/.test(one));

it('errors by tool, type, day and session are those that can be counted one by one, whatever is asked for', async () => {
  const nextFiles = numberedFiles();
  await fc.assert(
    fc.asyncProperty(sourceCase, fc.nat(), fc.nat(), async (case_, one, other) => {
      const { source, target } = nextFiles();
      writeSource(source, case_);
      await runJob({ source, target: target() });
      const events = entryEvents(target(), { err: 'tool_error' }).filter(({ subtype }) => subtype === 'tool_error');
      fc.pre(events.every(isUsual));
      const some = events[one % Math.max(1, events.length)];
      const days = events.flatMap(({ rows }) => rows.map(([day]) => day)).filter((day) => day !== '');
      const [a = 0, b = 0] = [days[one % days.length], days[other % days.length]]
        .map((day = '1970-01-01') => Date.parse(day))
        .sort((x, y) => x - y);
      const range = { since: a, until: b + MS_A_DAY - 1 };
      const graph = openGraph(target());
      try {
        const reader = await graph.statistics();
        for (const filter of [
          NO_FILTER,
          { ...NO_FILTER, tool: some?.what },
          { ...NO_FILTER, errorType: some?.how },
          { ...NO_FILTER, ...range },
          { ...NO_FILTER, since: a },
          { ...NO_FILTER, until: b + MS_A_DAY - 1, errorType: some?.how },
          { ...range, tool: some?.what, errorType: some?.how },
        ]) {
          for (const by of ['tool', 'type', 'day'] as const) {
            const { rows, more } = await reader.errorsBy(by, filter, ALL);
            expect([by, filter, sorted(rows), more]).toEqual([by, filter, plainCounts(events, by, filter), false]);
          }
          const { rows } = await reader.sessions(filter, ALL);
          const sessions = rows.filter(({ errors }) => errors > 0);
          expect(sessions.map(({ session: name, errors }) => ({ name, errors })).toSorted(byName)).toEqual(
            plainCounts(events, 'session', filter).map(({ name, errors }) => ({ name, errors })),
          );
        }
      } finally {
        await graph.close();
      }
    }),
    propertyRuns(60),
  );
});
