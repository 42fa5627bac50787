import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildOrchardWeek } from '../../fixtures/scenarios/orchard-week.ts';
import { buildSessionsDb, type FixtureRow, usualTables } from '../../fixtures/sessions-db.ts';
import { sessionBoundaries } from '../../src/extractors/session-boundaries.ts';
import { taskCompletions } from '../../src/extractors/task-completions.ts';
import type { AnyExtractor } from '../../src/model/extractor.ts';
import type { Facets } from '../../src/model/facets.ts';
import { notRedacting, type Redactor } from '../../src/model/redaction.ts';
import { createRedactor, RECOMMENDED } from '../../src/redaction/create-redactor.ts';
import { readRows } from '../support/read-rows.ts';
import { SECRETS } from '../support/secrets.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** The facets of each draft that an extractor makes of a source. */
function facetsOf(source: string, extractor: AnyExtractor, redactor: Redactor = notRedacting) {
  return [...extractor.extract(readRows(source, extractor, redactor))].map((draft): Facets | undefined =>
    'name' in draft ? draft.facets : undefined,
  );
}

function sourceOf(rows: Parameters<typeof usualTables>[0]): string {
  const source = join(tempFolder(), 'sessions.db');
  buildSessionsDb(source, usualTables(rows));
  return source;
}

const taskFacets = (row: FixtureRow) => facetsOf(sourceOf({ task_tracking: [row] }), taskCompletions)[0];

describe('a system event is found by', () => {
  it('the session and the time of its entry, its kind and its trigger', () => {
    const source = join(tempFolder(), 'sessions.db');
    buildOrchardWeek(source);
    expect(facetsOf(source, sessionBoundaries)).toEqual([
      {
        session: 'a11ce000-0001-4000-8000-000000000001',
        first: '2026-03-01T08:15:00.000Z',
        last: '2026-03-01T08:15:00.000Z',
        what: 'compact_boundary',
        how: 'auto',
      },
      {
        session: 'b0b00000-0002-4000-8000-000000000002',
        first: '2026-03-03T18:05:00.000Z',
        last: '2026-03-03T18:05:00.000Z',
        what: 'local_command',
        how: null,
      },
      {
        session: 'b0b00000-0002-4000-8000-000000000002',
        first: '2026-03-03T18:06:30.500Z',
        last: '2026-03-03T18:06:30.500Z',
        what: 'turn_duration',
        how: null,
      },
      {
        session: null,
        first: null,
        last: null,
        what: 'unknown',
        how: null,
      },
    ]);
  });

  it('no session and no time where there are no entries', () => {
    const [facets] = facetsOf(
      sourceOf({ system_events: [{ entry_id: 1, subtype: 'local_command' }] }),
      sessionBoundaries,
    );
    expect(facets).toMatchObject({ session: null, first: null, last: null, what: 'local_command' });
  });

  it('no secret', () => {
    const secret = SECRETS['github-token']?.[0] ?? '';
    const source = sourceOf({
      system_events: [{ entry_id: 1, content: '🌳'.repeat(495) + secret }],
      entries: [{ id: 1, session_id: `a ${secret}`, timestamp: secret }],
    });
    const redactor = createRedactor(RECOMMENDED);
    expect(facetsOf(source, sessionBoundaries, redactor)).toEqual([
      {
        session: 'a [redacted:github-token]',
        first: '[redacted:github-token]',
        last: '[redacted:github-token]',
        what: 'unknown',
        how: null,
      },
    ]);
    expect(Object.fromEntries(redactor.takeCounts())).toEqual({ 'github-token': 3 });
  });
});

describe('a task is found by', () => {
  it('when it was begun and last changed, its outcome and its status', () => {
    const row = { outcome: 'success', status: 'completed' };
    expect(taskFacets({ ...row, created_at: '2026-03-01', updated_at: '2026-03-02' })).toEqual({
      first: '2026-03-01',
      last: '2026-03-02',
      what: 'success',
      how: 'completed',
    });
  });

  it('the moment it was begun alone where it never changed, and unknown for what is not said', () => {
    expect(taskFacets({ created_at: '2026-03-01' })).toEqual({
      first: '2026-03-01',
      last: '2026-03-01',
      what: 'unknown',
      how: 'unknown',
    });
  });
});
