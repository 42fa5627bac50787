import type { StoredNode } from './node.ts';
import type { Found } from './search.ts';

/** What a user did, and the user's node where there is one: ours, or one of others with that very id. */
export interface Activity {
  readonly user: string;
  readonly node: StoredNode | undefined;
  readonly found: Found;
}
