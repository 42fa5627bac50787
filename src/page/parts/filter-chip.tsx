import { Shown } from '../text/shown.tsx';

/** A condition that holds, and the way to be rid of it. */
export function FilterChip({
  name,
  value,
  without,
}: {
  readonly name: string;
  readonly value: string;
  /** Where the link leads. */
  readonly without: string;
}) {
  return (
    <a class="chip" href={without}>
      <span class="chip-name">{name}</span> <Shown text={value} longest={40} />
      <span aria-hidden="true"> ×</span>
      <span class="for-readers">, remove this filter</span>
    </a>
  );
}
