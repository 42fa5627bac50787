import type { Pages } from '../api/use-pages.ts';
import { formatCount } from '../text/numbers.ts';

/** The way to the other pages of a list; nothing where there is but one. */
export function Pager<Answer>({ pages, next }: { readonly pages: Pages<Answer>; readonly next: string | null }) {
  if (pages.page === 0 && next === null) return null;
  return (
    <nav class="pager" aria-label="Pages">
      <button type="button" class="button" disabled={pages.page === 0} onClick={pages.back}>
        ← Back
      </button>
      <span>Page {formatCount(pages.page + 1)}</span>
      <button
        type="button"
        class="button"
        disabled={next === null}
        onClick={() => next !== null && pages.forward(next)}
      >
        Next →
      </button>
    </nav>
  );
}
