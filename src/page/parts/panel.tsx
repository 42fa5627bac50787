import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** A part of a view, under a heading. */
export function Panel({
  title,
  aside,
  children,
  wide = false,
}: {
  readonly title: string;
  /** What stands at the right of the heading. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly wide?: boolean;
}) {
  const id = useId();
  return (
    <section class={wide ? 'panel panel-wide' : 'panel'} aria-labelledby={id}>
      <header class="panel-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
