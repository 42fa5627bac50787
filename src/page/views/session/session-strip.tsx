import type { ListedNode } from '../../api/records.ts';
import { type Kind, kindOf } from '../../text/kinds.ts';
import { countOf } from '../../text/numbers.ts';

const SLOTS = 60;
const HEIGHT = 36;
const TONES: readonly { readonly tone: Kind['tone']; readonly one: string; readonly many?: string }[] = [
  { tone: 'error', one: 'group of errors', many: 'groups of errors' },
  { tone: 'boundary', one: 'compaction' },
  { tone: 'command', one: 'command' },
  { tone: 'task-bad', one: 'task not done', many: 'tasks not done' },
  { tone: 'task-good', one: 'task done', many: 'tasks done' },
  { tone: 'action', one: 'action' },
  { tone: 'other', one: 'system event' },
];

/** Events along their time, as a small bar, and how many of each kind there are. */
export function SessionStrip({ events }: { readonly events: readonly ListedNode[] }) {
  const marks = events.flatMap((event) => {
    const time = Date.parse(event.last ?? '');
    return Number.isNaN(time) ? [] : [{ time, tone: kindOf(event).tone }];
  });
  const from = Math.min(...marks.map(({ time }) => time));
  const span = Math.max(1, Math.max(...marks.map(({ time }) => time)) - from);
  const slots = Array.from({ length: SLOTS }, (): Kind['tone'][] => []);
  for (const { time, tone } of marks)
    slots[Math.min(SLOTS - 1, Math.floor(((time - from) / span) * SLOTS))]?.push(tone);
  const most = Math.max(1, ...slots.map(({ length }) => length));
  const counts = TONES.flatMap(({ tone, one, many }) => {
    const count = events.filter((event) => kindOf(event).tone === tone).length;
    return count === 0 ? [] : [{ tone, text: countOf(count, one, many) }];
  });
  return (
    <div class="strip">
      <svg viewBox={`0 0 ${SLOTS * 10} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <rect class="strip-line" x="0" y={HEIGHT - 1} width={SLOTS * 10} height="1" />
        {slots.flatMap((tones, slot) =>
          tones.map((tone, at) => {
            const height = (HEIGHT - 4) / most;
            return (
              <rect
                // marks have no names, and stay where they are
                key={`${slot} ${at}`}
                class={`tone-${tone}`}
                x={slot * 10 + 1}
                y={HEIGHT - 2 - height * (at + 1)}
                width="8"
                height={height}
              />
            );
          }),
        )}
      </svg>
      <ul class="strip-counts" aria-label="In numbers">
        {counts.map(({ tone, text }) => (
          <li key={tone}>
            <span class={`dot tone-${tone}`} />
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
