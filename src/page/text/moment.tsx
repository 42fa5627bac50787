import { plainText } from './hidden.ts';
import { Shown } from './shown.tsx';

const formats = {
  whole: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }),
  /** For where the day is told already. */
  time: new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }),
};

/** A time: in the zone of whoever looks, and as it is recorded where the pointer rests on it. */
export function Moment({
  at,
  form = 'whole',
}: {
  readonly at: string | null | undefined;
  readonly form?: keyof typeof formats;
}) {
  if (at === null || at === undefined || at === '') return <span class="quiet">no time</span>;
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return <Shown text={at} longest={40} />;
  return (
    <time class="moment" dateTime={time.toISOString()} title={plainText(at)}>
      {formats[form].format(time)}
    </time>
  );
}
