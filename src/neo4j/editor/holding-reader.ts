import type { EventPage, HoldingReader, PagePosition } from '../../model/graph-editor.ts';
import type { TrailLookup } from '../../model/trail.ts';
import type { Connection } from '../connection.ts';
import { countNodes } from '../node-pages.ts';
import type { Read } from '../reading.ts';
import { trailLookup } from '../trail-lookup.ts';
import { findEvents, readEventIds } from './held-events.ts';

/** Nodes that are looked at in one read. */
const AT_ONCE = 1000;

/** Looks at what the events of a graph on Neo4j hang on. Those of others are events by their label; without an id they are left. */
export class Neo4jHoldingReader implements HoldingReader {
  readonly path: string;
  readonly trails: TrailLookup;
  readonly #read: Read;

  constructor(connection: Connection) {
    this.path = connection.path;
    this.#read = (action, signal) => connection.read(action, signal);
    this.trails = trailLookup(this.#read);
  }

  async hasNodeOf(nodeType: string): Promise<boolean> {
    return (await this.#read((tx) => countNodes(tx, nodeType, 1))) > 0;
  }

  readEvents(after: PagePosition | undefined): Promise<EventPage> {
    return this.#read(async (tx) => {
      const { ids, last } = await readEventIds(tx, after && Buffer.from(after).toString(), AT_ONCE);
      const events = await findEvents(tx, ids);
      return { events: [...events.values()], next: last === undefined ? undefined : Buffer.from(last) };
    });
  }

  /** Its connection is whoever's has opened it. */
  async close(): Promise<void> {}
}
