import type { ComponentChildren } from 'preact';

/** A list that the arrow keys walk through, from link to link; Home and End lead to its ends. */
export function ArrowList({
  label,
  class: styles,
  ordered = false,
  children,
}: {
  readonly label: string;
  readonly class: string;
  readonly ordered?: boolean;
  readonly children: ComponentChildren;
}) {
  const List = ordered ? 'ol' : 'ul';
  return (
    <List class={styles} aria-label={label} onKeyDown={(event) => walk(event, event.currentTarget)}>
      {children}
    </List>
  );
}

function walk(event: KeyboardEvent, list: HTMLElement): void {
  // One stop an item: the first that can be walked to.
  const stops = [...list.children].flatMap((item) => {
    const stop = item.querySelector<HTMLElement>('a[href], button:not([disabled])');
    return stop ? [stop] : [];
  });
  const at = stops.findIndex((stop) => stop.closest('li') === document.activeElement?.closest('li'));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  stops[Math.min(Math.max(to, 0), stops.length - 1)]?.focus();
}
