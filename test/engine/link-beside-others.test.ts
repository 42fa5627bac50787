import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { appendRows, type FixtureRow, usualTables } from '../../fixtures/sessions-db.ts';
import { builtinExtractors } from '../../src/extractors/index.ts';
import { toolErrors } from '../../src/extractors/tool-errors.ts';
import { builtinLinkers } from '../../src/linkers/index.ts';
import { entityNode } from '../../src/model/entity.ts';
import type { AnyExtractor } from '../../src/model/extractor.ts';
import type { Linker } from '../../src/model/linker.ts';
import { expectedEdges } from '../oracle/expected-edges.ts';
import { linkJob } from '../support/link-job.ts';
import { preloading } from '../support/preload.ts';
import { readEdges } from '../support/read-edges.ts';
import { runCliNow } from '../support/run-cli-now.ts';
import { runJob } from '../support/run-job.ts';
import { type Scene, tablesScene } from '../support/scene.ts';

/** Does something once, when it is first asked. */
function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) {
      isDone = true;
      action();
    }
  };
}

/** A linker that does something before it makes its first edge, which is after events were read and before they are written. */
const meddling = (action: () => void): Linker => ({
  name: 'meddling',
  version: 1,
  summary: 'a test',
  edgeType: 'MEDDLED',
  *link(event) {
    action();
    yield { from: event, to: entityNode('thing', 'one', {}) };
  },
});

const failure = (agent: number | string, rest: FixtureRow = {}): FixtureRow => ({
  session_id: 's',
  tool_name: 'Bash',
  status: 'error',
  error_type: 'e',
  agent_name: `agent ${agent}`,
  ...rest,
});

/** One event of so many agents, in a source that may be written while it is read. */
function agentsScene(agents: number): Scene {
  const rows = Array.from({ length: agents }, (_, at) => failure(at));
  const scene = tablesScene(usualTables({ tool_analytics: rows }));
  const db = new Database(scene.source);
  db.pragma('journal_mode = WAL');
  db.close();
  return scene;
}

describe('link, while another program is at work on the graph', () => {
  it('makes its edges of all events beside a link by other linkers', async () => {
    const events = 1200;
    const { source, target } = tablesScene(
      usualTables({ system_events: Array.from({ length: events }, (_, at) => ({ subtype: 's', content: `c ${at}` })) }),
    );
    await runJob({ source, target });
    const other = once(() => expect(runCliNow(['link', '-t', target])).toBe(0));
    const edges = { linkers: [...builtinLinkers, meddling(other)] };
    await linkJob({ target, edges });
    await linkJob({ target, edges });
    expect(readEdges(target).edges.filter((id) => id.startsWith('MEDDLED:'))).toHaveLength(events);
    expect(await linkJob({ target, edges })).toMatchObject({ events: 0 });
  });

  it('looks again at an event that a run without edges has changed meanwhile', async () => {
    const { source, target, paths } = agentsScene(2);
    await runJob({ source, target });
    const other = once(() => {
      appendRows(source, 'tool_analytics', [failure('late')]);
      expect(runCliNow([...paths])).toBe(0);
    });
    const edges = { linkers: [...builtinLinkers, meddling(other)] };
    await linkJob({ target, edges });
    await linkJob({ target, edges });
    expect(readEdges(target).edges).toEqual(expect.arrayContaining([...expectedEdges(source, ['error']).edges]));
  });

  it('leaves to a run what it owes for rows that have come meanwhile, wherever that run is killed', async () => {
    for (let at = 1; ; at++) {
      const { source, target, paths } = agentsScene(12);
      await runJob({ source, target });
      let code: number | null = null;
      const other = once(() => {
        appendRows(source, 'tool_analytics', [failure('late'), failure('later', { session_id: 't' })]);
        const env = preloading('at-commit.mjs', { FAULT: 'kill-after', FAULT_AT: String(at) });
        code = runCliNow(['run', ...paths, '--edges'], env);
      });
      const meddled: AnyExtractor = {
        ...toolErrors,
        *extract(rows) {
          other();
          yield* toolErrors.extract(rows);
        },
      };
      const extractors = builtinExtractors.map((one) => (one.name === 'tool-errors' ? meddled : one));
      expect((await linkJob({ source, target, extractors })).error).toBeUndefined();
      await runJob({ source, target, edges: { linkers: builtinLinkers } });
      expect(readEdges(target)).toEqual(expectedEdges(source, ['error']));
      expect((await linkJob({ source, target })).edges).toMatchObject({ inserted: 0 });
      if (code === 0) {
        expect(at).toBeGreaterThan(2);
        return;
      }
    }
  });
});
