import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Store } from '../state/store.ts';

/** Whether a view has been shown before: its heading takes the focus when another one comes, so that readers tell of it. */
const shownBefore = new Store(false);

/** The heading of a view, and what is set for all of it. */
export function ViewHead({
  title,
  over,
  children,
}: {
  readonly title: ComponentChildren;
  /** A line above it. */
  readonly over?: ComponentChildren;
  readonly children?: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (shownBefore.value && document.activeElement?.closest('.search-box') === null) heading.current?.focus();
    shownBefore.set(true);
  }, []);
  return (
    <div class="view-head">
      <div class="view-title">
        {over && <p class="view-over">{over}</p>}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
      </div>
      {children}
    </div>
  );
}
