import type { Kind } from '../text/kinds.ts';
import { Shown } from '../text/shown.tsx';

/** What a node is, as a word in its colour. */
export function KindBadge({ kind }: { readonly kind: Kind }) {
  return (
    <span class={`badge badge-${kind.tone}`}>
      <Shown text={kind.label} longest={24} />
    </span>
  );
}
