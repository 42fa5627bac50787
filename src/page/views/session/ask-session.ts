import { address } from '../../api/address.ts';
import { askJson } from '../../api/ask.ts';
import type { ListedNode, NodesPage } from '../../api/records.ts';
import { textsOf } from '../../text/texts-of.ts';

const EVENTS = 100;
/** Errors name ten tasks each; so many of a page are looked up. */
const MOST_TASKS = 20;

/** A page of what happened in a session, the oldest first, and the tasks that its errors were for among it. */
export interface SessionPage {
  readonly events: readonly ListedNode[];
  readonly next: string | null;
  readonly warnings: readonly string[];
}

/** Asks for a page. Tasks know no session, so they are found by the errors that were for them. */
export async function askSession(
  session: string,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<SessionPage> {
  const page = await askJson<NodesPage>(address('/events', { session, sort: '-time', limit: EVENTS, cursor }), {
    signal,
  });
  const ids = [...new Set(page.nodes.flatMap(({ properties }) => textsOf(properties, 'task_ids')))].slice(
    0,
    MOST_TASKS,
  );
  const found = await Promise.all(
    ids.map((task) =>
      askJson<NodesPage>(address('/events', { task, subtype: 'task_completion', limit: 5 }), { signal }),
    ),
  );
  const known = new Set(page.nodes.map(({ id }) => id));
  const tasks = found.flatMap(({ nodes }) => nodes).filter(({ id }) => !known.has(id) && known.add(id));
  return { ...page, events: [...page.nodes, ...tasks].sort(byTime) };
}

/** What has no time comes last. */
function byTime(one: ListedNode, other: ListedNode): number {
  const [at, otherAt] = [one.last ?? '\uffff', other.last ?? '\uffff'];
  return at < otherAt ? -1 : at > otherAt ? 1 : 0;
}
