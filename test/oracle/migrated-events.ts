/** An event of a small graph, and the types of the nodes it hangs on; `ours` is the trail, `gone` no node at all, `deleted` a trail that is. */
export type HolderType = 'ours' | 'audit_trail' | 'CDocs' | 'Folder' | 'cdocs' | 'gone' | 'deleted';

export interface ExpectedEvent {
  readonly outcome: 'migrated' | 'in_place' | 'on_other_trails' | 'ambiguous' | 'held_by_others';
  /** What it hangs on afterwards, in order. */
  readonly holders: readonly HolderType[];
}

/** The rules once more, read off a list of what an event hangs on, by number of each. */
export function expectedEvent(holders: readonly HolderType[], from: readonly string[]): ExpectedEvent {
  const has = (type: HolderType) => holders.includes(type);
  const stays = holders.filter((type) => type !== 'gone' && type !== 'deleted' && !from.includes(type));
  const leaves = holders.some((type) => from.includes(type));
  const sorted = (types: readonly HolderType[]) => [...types].toSorted();
  const left = (outcome: ExpectedEvent['outcome']): ExpectedEvent => ({ outcome, holders: sorted(holders) });

  if (has('audit_trail') && (has('ours') || leaves)) return left('ambiguous');
  if (has('audit_trail')) return left('on_other_trails');
  if (!leaves && stays.some((type) => type !== 'ours')) return left('held_by_others');
  if (has('ours') && stays.length === holders.length) return left('in_place');
  return { outcome: 'migrated', holders: sorted(has('ours') ? stays : [...stays, 'ours']) };
}
