import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sessionBoundaries } from '../../src/extractors/session-boundaries.ts';
import { eventMoments } from '../oracle/event-moments.ts';
import { readRows } from '../support/read-rows.ts';
import { runJob } from '../support/run-job.ts';
import { graphContent } from './graph-content.ts';
import { numberedFiles } from './numbered-files.ts';
import { propertyRuns } from './property-runs.ts';
import { sourceCase } from './source-cases.ts';
import { writeSource } from './write-source.ts';

/** Sources whose events can be told apart, and whose entries have row ids. */
const rowidSource = sourceCase.filter(
  ({ tables, entries }) =>
    tables.system_events.shape.ids === 'rowid' && entries?.shape.ids === 'rowid' && !entries.shape.view,
);

it('finds of any event the session and the time that SQLite finds', () => {
  const nextFiles = numberedFiles();
  fc.assert(
    fc.property(rowidSource, (case_) => {
      const { source } = nextFiles();
      writeSource(source, case_);
      const found = readRows(source, sessionBoundaries).map(({ id, session_id, timestamp }) => [
        String(id),
        [session_id, timestamp],
      ]);
      const db = new Database(source, { readonly: true });
      expect(Object.fromEntries(found)).toEqual(eventMoments(db));
      db.close();
    }),
    propertyRuns(100),
  );
});

it('leaves the graph as it is without entries, whatever they are', async () => {
  const nextFiles = numberedFiles();
  await fc.assert(
    fc.asyncProperty(sourceCase, async (case_) => {
      const [withEntries, without] = [nextFiles(), nextFiles()];
      writeSource(withEntries.source, case_);
      writeSource(without.source, { ...case_, entries: undefined });
      const report = await runJob({ source: withEntries.source, target: withEntries.target() });
      const bare = await runJob({ source: without.source, target: without.target() });
      expect(report.totals).toEqual(bare.totals);
      expect(graphContent(withEntries.target())).toEqual(graphContent(without.target()));
    }),
    propertyRuns(30),
  );
});
