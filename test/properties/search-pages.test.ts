import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { builtinExtractors } from '../../src/extractors/index.ts';
import { openActionLog } from '../../src/jobs/action-log.ts';
import { actionPreparer } from '../../src/jobs/prepare-action.ts';
import type { NodeFilter, Search, Searcher } from '../../src/model/search.ts';
import { SORT_FIELDS } from '../../src/model/search.ts';
import type { WrittenAction } from '../../src/model/user-action.ts';
import { openGraph } from '../../src/sqlite/questions/open-graph.ts';
import { chooseSearcher, plainSearcher } from '../../src/sqlite/search/choose-searcher.ts';
import { changeGraph } from '../support/graph-rows.ts';
import { hostileAppendedExtractor, hostileExtractor } from '../support/hostile-extractor.ts';
import { runJob } from '../support/run-job.ts';
import { growth } from './growing-source.ts';
import { hostileText } from './hostile-texts.ts';
import { numberedFiles } from './numbered-files.ts';
import { propertyRuns } from './property-runs.ts';
import { writeSource } from './write-source.ts';

const extractors = [...builtinExtractors, hostileExtractor, hostileAppendedExtractor];

/** Few moments, so that many events are of the same one. */
const action: fc.Arbitrary<WrittenAction> = fc.record({
  actionType: fc.constantFrom('LOGIN', 'LOGOUT'),
  user: fc.constantFrom(undefined, { uid: 'u1' }, { uid: 'u:2', name: 'Zoë' }),
  timestamp: fc.constantFrom('2025-03-01T00:00:00Z', '2025-03-02', '1969-12-31T23:59:59.999Z', '1970-01-01T00:00:00Z'),
  // Of one beginning, and longer than what of a key stands in its id.
  key: fc.oneof(
    hostileText.map((text) => Array.from(text.toWellFormed()).slice(0, 500).join('') || 'k'),
    fc.constantFrom('k', 'k1', 'k:', '漢'.repeat(99), '漢'.repeat(100), `${'漢'.repeat(200)}a`, `${'漢'.repeat(200)}b`),
    fc.constantFrom(
      '😀'.repeat(99),
      '😀'.repeat(120),
      `${'😀'.repeat(105)}a${'😀'.repeat(90)}`,
      `${'😀'.repeat(200)}a`,
      `${'😀'.repeat(200)}b`,
      `${'😀'.repeat(200)}c`,
    ),
    fc.constantFrom('a'.repeat(96), `${'a'.repeat(96)}:`, `${'a'.repeat(499)}b`, `${'a'.repeat(498)}bb`),
  ),
});

/** Events that others wrote, of any id. */
const foreign = fc.record({
  id: fc.oneof(hostileText, fc.constantFrom('audit_event:', 'audit_event:err:', 'audit_event:zzz', 'z', 'audit_event')),
  name: fc.constantFrom('x', '', 'event'),
  properties: fc.constantFrom(
    '{"timestamp":"2025-03-01T00:00:00Z","userUID":"u1"}',
    '{"timestamp":"2025-03-02"}',
    '{"userUID":"u1"}',
    'none',
  ),
  deleted: fc.nat(5).map((one) => (one === 0 ? '2025-03-01' : null)),
});

const filter: fc.Arbitrary<Omit<NodeFilter, 'nodeType'>> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc.record(
      {
        subtype: fc.constantFrom('tool_error', 'user_action', 'session_boundary', 'hostile'),
        user: fc.constantFrom('u1', 'u:2'),
        text: fc.constantFrom('log', 'a', 'event'),
        tool: fc.constantFrom('Bash', 'a:b'),
        since: fc.constantFrom(0, Date.UTC(2025, 2, 1), Date.UTC(2025, 2, 2)),
        until: fc.constantFrom(-1, 0, Date.UTC(2025, 2, 1), Date.UTC(2025, 2, 2)),
        includeDeleted: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  },
);

const walk = fc.record({
  filter,
  sort: fc.record({ field: fc.constantFrom(...SORT_FIELDS), isReversed: fc.boolean() }),
  limit: fc.integer({ min: 1, max: 9 }),
});

/** Small sizes, so that every way is taken in small graphs. */
const sizes = fc.record({
  fewToJudge: fc.nat(8),
  fewToSort: fc.nat(8),
  quickStep: fc.nat(4),
  longStep: fc.nat(6),
});

async function idsOf(searcher: Searcher, search: Omit<Search, 'offset'>) {
  const found = await searcher.search({ ...search, offset: 0 }, new AbortController().signal);
  return { ids: found.nodes.map(({ node }) => node.id), more: found.more, next: found.next };
}

/** All pages of a search, each from where the one before it ended. */
async function walkAll(searcher: Searcher, search: Omit<Search, 'offset' | 'after'>, most: number) {
  const ids: (string | null | undefined)[] = [];
  for (let after: Search['after']; ; ) {
    const page = await idsOf(searcher, { ...search, after });
    ids.push(...page.ids);
    expect(page.next === undefined).toBe(!page.more);
    if (page.next === undefined) return ids;
    expect(page.ids).toHaveLength(search.limit);
    expect(page.ids.at(-1)).toBe(page.next.id);
    expect(ids.length).toBeLessThanOrEqual(most);
    after = page.next;
  }
}

it('gives page by page what it gives at once, by the index and without it', async () => {
  const nextFiles = numberedFiles();
  let pages = 0;
  await fc.assert(
    fc.asyncProperty(
      growth,
      fc.array(action, { maxLength: 25 }),
      fc.uniqueArray(foreign, { maxLength: 6, selector: ({ id }) => id }),
      fc.array(walk, { minLength: 3, maxLength: 8 }),
      sizes,
      async ({ first }, actions, others, walks, size) => {
        const { source, target } = nextFiles();
        writeSource(source, first);
        const path = target();
        await runJob({ source, target: path, extractors });
        const now = { signal: new AbortController().signal, clock: Date.now };
        const log = await openActionLog({ target: path, ...now });
        await log.log(actions.map(actionPreparer(now)));
        await log.close();
        addForeign(path, others);
        const graphs = [openGraph(path, (shop) => chooseSearcher(shop, size)), openGraph(path, plainSearcher)];
        try {
          for (const { filter: asked, sort, limit } of walks) {
            const search = { filter: { nodeType: 'audit_event', ...asked }, sort };
            for (const { searcher } of graphs) {
              const all = await idsOf(searcher, { ...search, limit: 10_000 });
              const walked = await walkAll(searcher, { ...search, limit }, all.ids.length);
              pages += walked.length / limit;
              expect({ search, limit, ids: walked }).toEqual({ search, limit, ids: all.ids });
            }
          }
        } finally {
          for (const graph of graphs) await graph.close();
        }
      },
    ),
    propertyRuns(25),
  );
  expect(pages).toBeGreaterThan(200);
});

type Foreign = typeof foreign extends fc.Arbitrary<infer Event> ? Event : never;

function addForeign(path: string, events: readonly Foreign[]): void {
  const db = new Database(path);
  const insert = db.prepare(
    `INSERT OR IGNORE INTO kg_nodes(id, node_type, subtype, name, properties, created_at, updated_at, deleted_at)
     VALUES (?, 'audit_event', 'user_action', ?, ?, '', '', ?)`,
  );
  for (const { id, name, properties, deleted } of events) insert.run(id, name, properties, deleted);
  db.close();
  // Of some of ours the name and the mark are others by now.
  changeGraph(
    path,
    "UPDATE kg_nodes SET name = 'event' WHERE rowid % 3 = 0; UPDATE kg_nodes SET deleted_at = 'x' WHERE rowid % 7 = 0",
  );
}
