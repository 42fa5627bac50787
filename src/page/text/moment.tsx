import { plainText } from './hidden.ts';
import { Shown } from './shown.tsx';

const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** A time: in the zone of whoever looks, and as it is recorded where the pointer rests on it. */
export function Moment({ at }: { readonly at: string | null | undefined }) {
  if (at === null || at === undefined || at === '') return <span class="quiet">no time</span>;
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return <Shown text={at} longest={40} />;
  return (
    <time class="moment" dateTime={time.toISOString()} title={plainText(at)}>
      {local.format(time)}
    </time>
  );
}
