import type { ComponentChildren } from 'preact';
import type { Question } from '../api/use-answer.ts';
import { Loading } from './loading.tsx';
import { ProblemNote } from './problem-note.tsx';

/** What depends on an answer, which may be null, but never undefined: its content when it is there, and how the question stands until then. */
export function Awaited<Answer extends object | null>({
  question,
  lines = 4,
  children,
}: {
  readonly question: Question<Answer>;
  /** How many lines of room it takes until it is there. */
  readonly lines?: number;
  readonly children: (answer: Answer) => ComponentChildren;
}) {
  if (question.state === 'failed') return <ProblemNote problem={question.problem} retry={question.retry} />;
  if (question.answer !== undefined) {
    return (
      <div class="awaited" aria-busy={question.state === 'loading'}>
        {children(question.answer)}
      </div>
    );
  }
  return <Loading lines={lines} />;
}
