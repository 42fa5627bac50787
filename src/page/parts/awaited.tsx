import type { ComponentChildren } from 'preact';
import type { Question } from '../api/use-answer.ts';
import { ProblemNote } from './problem-note.tsx';

/** What depends on an answer: its content when it is there, and how the question stands until then. */
export function Awaited<Answer>({
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
  return (
    <div class="loading" role="status">
      <span class="for-readers">loading</span>
      {Array.from({ length: lines }, (_, at) => (
        // they are all alike
        <span key={at} class="loading-line" />
      ))}
    </div>
  );
}
