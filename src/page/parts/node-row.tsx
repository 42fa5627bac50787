import type { ComponentChildren } from 'preact';
import { routeLink } from '../routes/route.ts';
import { kindOf, nameWithoutKind } from '../text/kinds.ts';
import { Shown } from '../text/shown.tsx';
import { KindBadge } from './kind-badge.tsx';

interface RowNode {
  readonly id: string;
  readonly node_type: string;
  readonly subtype: string | null;
  readonly name: string | null;
}

/** A node of a list, which leads to all that it says. */
export function NodeRow({
  node,
  deleted = false,
  children,
}: {
  readonly node: RowNode;
  readonly deleted?: boolean;
  /** What more there is to say of it. */
  readonly children?: ComponentChildren;
}) {
  return (
    <li class="node-row">
      <span class="node-row-kind">
        <KindBadge kind={kindOf(node)} />
      </span>
      <div class="node-row-text">
        <a href={routeLink('node', node.id)}>
          <Shown text={nameWithoutKind(node) || node.id} longest={160} />
        </a>
        {deleted && <span class="badge badge-deleted">deleted</span>}
        {children}
      </div>
    </li>
  );
}
