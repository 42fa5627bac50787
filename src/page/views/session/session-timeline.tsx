import type { ListedNode } from '../../api/records.ts';
import { ArrowList } from '../../parts/arrow-list.tsx';
import { Shown } from '../../text/shown.tsx';
import { TimelineItem } from './timeline-item.tsx';

const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });

/** Events in order, under the days that they were on where whoever looks is. */
export function SessionTimeline({ events }: { readonly events: readonly ListedNode[] }) {
  const days = new Map<string, ListedNode[]>();
  for (const event of events) {
    const time = new Date(event.last ?? '');
    const day = Number.isNaN(time.getTime()) ? 'No known time' : dayFormat.format(time);
    days.set(day, [...(days.get(day) ?? []), event]);
  }
  return (
    <div class="timeline">
      {[...days].map(([day, ofDay]) => (
        <section key={day}>
          <h2>
            <Shown text={day} />
          </h2>
          <ArrowList label={`Events, ${day}`} class="timeline-list" ordered>
            {ofDay.map((event) => (
              <TimelineItem key={event.id} event={event} />
            ))}
          </ArrowList>
        </section>
      ))}
    </div>
  );
}
