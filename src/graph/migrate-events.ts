import type { GraphEditor, HoldingReader, PagePosition } from '../model/graph-editor.ts';
import { judgeEvent, type MigrationRules, rehangEvent } from './judge-event.ts';
import type { MigrationTally } from './migration-tally.ts';

/** Where events are looked at, and where they are hung elsewhere; a dry run does not do that. */
export interface MigratedGraph {
  readonly reader: Pick<HoldingReader, 'readEvents'>;
  readonly editor: Pick<GraphEditor, 'rehang'> | undefined;
}

/**
 * Brings events to a trail, page by page, each page in as many short transactions as it takes. Yields after each, when all
 * that is counted is in; whoever stops there has lost nothing, and the next one goes on.
 */
export async function* migrateEvents(
  { reader, editor }: MigratedGraph,
  rules: MigrationRules,
  tally: MigrationTally,
): AsyncGenerator<void, void> {
  for (let after: PagePosition | undefined; ; ) {
    const { events, next } = await reader.readEvents(after);
    const moving: string[] = [];
    for (const event of events) {
      const judgement = judgeEvent(event, rules);
      if (editor !== undefined && judgement.outcome === 'migrated') moving.push(event.id);
      else tally.add(judgement);
    }
    yield;
    while (editor !== undefined && moving.length > 0) {
      const done = await editor.rehang(moving, (event) => rehangEvent(event, rules));
      for (const judgement of done) if (judgement !== undefined) tally.add(judgement);
      moving.splice(0, done.length);
      yield;
    }
    if (next === undefined) return;
    after = next;
  }
}
