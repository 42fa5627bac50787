import { useState } from 'preact/hooks';

/** Puts a text into the clipboard; nothing where the browser has none for this page. */
export function CopyButton({ text }: { readonly text: string }) {
  const [said, say] = useState('Copy');
  if (!window.isSecureContext) return null;
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => say('Copied'),
      () => say('Cannot copy'),
    );
  return (
    <button type="button" class="button button-small" onClick={copy} aria-live="polite">
      {said}
    </button>
  );
}
