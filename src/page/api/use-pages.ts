import { useEffect, useState } from 'preact/hooks';
import { address, type Parameters } from './address.ts';
import { type Question, useAnswer } from './use-answer.ts';

/** A long list, of which one page is there at a time. */
export interface Pages<Answer> {
  readonly question: Question<Answer>;
  /** From 0. */
  readonly page: number;
  readonly forward: (cursor: string) => void;
  readonly back: () => void;
}

/** Reads a list page by page; from the start again when what is asked changes. */
export function usePages<Answer>(path: string, parameters: Parameters): Pages<Answer> {
  const asked = address(path, parameters);
  const [place, setPlace] = useState<{ readonly asked: string; readonly cursors: readonly string[] }>({
    asked,
    cursors: [],
  });
  const cursors = place.asked === asked ? place.cursors : [];
  useEffect(() => setPlace((before) => (before.asked === asked ? before : { asked, cursors: [] })), [asked]);
  return {
    question: useAnswer<Answer>(address(path, { ...parameters, cursor: cursors.at(-1) })),
    page: cursors.length,
    forward: (cursor) => setPlace({ asked, cursors: [...cursors, cursor] }),
    back: () => setPlace({ asked, cursors: cursors.slice(0, -1) }),
  };
}
