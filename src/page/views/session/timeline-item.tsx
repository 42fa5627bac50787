import type { ListedNode } from '../../api/records.ts';
import { KindBadge } from '../../parts/kind-badge.tsx';
import { routeLink } from '../../routes/route.ts';
import { kindOf, nameWithoutKind } from '../../text/kinds.ts';
import { Moment } from '../../text/moment.tsx';
import { Shown } from '../../text/shown.tsx';
import { textsOf } from '../../text/texts-of.ts';

const BRIEF = 4;

/** One event of a session. */
export function TimelineItem({ event }: { readonly event: ListedNode }) {
  const kind = kindOf(event);
  const { first, last } = event;
  const lasts = first !== null && first !== undefined && first !== last;
  const isSameDay = first?.slice(0, 10) === last?.slice(0, 10);
  return (
    <li class="timeline-item">
      <span class={`timeline-dot tone-${kind.tone}`} />
      <div class="timeline-when">
        <Moment at={last} form="time" />
      </div>
      <div class="timeline-what">
        <KindBadge kind={kind} />{' '}
        <a href={routeLink('node', event.id)}>
          <Shown text={nameWithoutKind(event) || event.id} longest={200} />
        </a>
        <p class="fine-print timeline-more">
          {lasts && (
            <span>
              since <Moment at={first} form={isSameDay ? 'time' : 'whole'} />
            </span>
          )}
          <Names
            label="by"
            names={textsOf(event.properties, 'agents')}
            linkTo={(agent) => routeLink('search', '', { agent })}
          />
          <Names
            label="for"
            names={textsOf(event.properties, 'task_ids')}
            linkTo={(task) => routeLink('search', '', { task })}
          />
        </p>
      </div>
    </li>
  );
}

function Names({
  label,
  names,
  linkTo,
}: {
  readonly label: string;
  readonly names: readonly string[];
  readonly linkTo: (name: string) => string;
}) {
  if (names.length === 0) return null;
  return (
    <span>
      {label}{' '}
      {names.slice(0, BRIEF).map((name, at) => (
        <span key={name}>
          {at > 0 && ', '}
          <a href={linkTo(name)}>
            <Shown text={name} longest={60} />
          </a>
        </span>
      ))}
      {names.length > BRIEF && ` and ${names.length - BRIEF} more`}
    </span>
  );
}
