import type { ApiProblem } from '../api/api-problem.ts';
import { Shown } from '../text/shown.tsx';

/** What went wrong, what to do about it, and a way to try again. */
export function ProblemNote({ problem, retry }: { readonly problem: ApiProblem; readonly retry?: () => void }) {
  return (
    <div class="note note-bad" role="alert">
      <p class="note-what">
        <Shown text={problem.message} longest={600} />
      </p>
      {problem.hint !== undefined && (
        <p class="note-hint">
          <Shown text={problem.hint} longest={600} />
        </p>
      )}
      {retry && (
        <button type="button" class="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}
