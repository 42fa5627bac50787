import type { ComponentChildren } from 'preact';

/** Says that there is nothing, and what to do about it. */
export function EmptyNote({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="note note-empty">
      <p class="note-what">{title}</p>
      {children && <div class="note-hint">{children}</div>}
    </div>
  );
}
