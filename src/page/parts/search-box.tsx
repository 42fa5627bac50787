import { useEffect, useRef } from 'preact/hooks';
import { type Route, routeLink } from '../routes/route.ts';
import { goTo } from '../routes/use-route.ts';

/** The words that are searched for, from everywhere. `/` leads to it. */
export function SearchBox({ route: { view, query } }: { readonly route: Route }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { target, key, ctrlKey, altKey, metaKey } = event;
      const isTyped = target instanceof HTMLElement && target.matches('input, select, textarea');
      if (key !== '/' || isTyped || ctrlKey || altKey || metaKey || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      input.current?.select();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
  const text = view === 'search' ? (query['text'] ?? '') : '';
  useEffect(() => {
    if (input.current) input.current.value = text;
  }, [text]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const rest = view === 'search' ? query : {};
    goTo(routeLink('search', '', { ...rest, text: input.current?.value.trim() }));
  };
  return (
    <search class="search-box">
      <form onSubmit={submit}>
        <input ref={input} type="search" name="text" aria-label="Search events" placeholder="Search events" />
        <span class="search-key" aria-hidden="true">
          /
        </span>
      </form>
    </search>
  );
}
