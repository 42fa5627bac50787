import { useCallback, useEffect, useState } from 'preact/hooks';
import { tokenStore } from '../state/token.ts';
import { useStore } from '../state/use-store.ts';
import { type ApiProblem, problemOf } from './api-problem.ts';
import { askJson } from './ask.ts';

/** How a question to the server stands. */
type Answered<Answer> =
  | { readonly state: 'loading' /** What was answered before. */; readonly answer: Answer | undefined }
  | { readonly state: 'answered'; readonly answer: Answer }
  | { readonly state: 'failed'; readonly problem: ApiProblem };

/** A question that can be asked anew. */
export type Question<Answer> = Answered<Answer> & { readonly retry: () => void };

/** Asks for JSON at an address, and anew when that changes or another token is given. */
export function useAnswer<Answer>(address: string): Question<Answer> {
  return useAsked(address, (signal) => askJson<Answer>(address, { signal }));
}

/** The same for what takes several requests. `key` tells one question from all others. */
export function useAsked<Answer>(key: string, asking: (signal: AbortSignal) => Promise<Answer>): Question<Answer> {
  const { token } = useStore(tokenStore);
  const [round, setRound] = useState(0);
  const [answered, setAnswered] = useState<Answered<Answer>>({ state: 'loading', answer: undefined });
  // the key says what is asked; a token or a round, that it is to be asked again
  useEffect(() => {
    const controller = new AbortController();
    setAnswered((before) => ({ state: 'loading', answer: before.state === 'failed' ? undefined : before.answer }));
    asking(controller.signal).then(
      (answer) => !controller.signal.aborted && setAnswered({ state: 'answered', answer }),
      (error: unknown) => !controller.signal.aborted && setAnswered({ state: 'failed', problem: problemOf(error) }),
    );
    return () => controller.abort();
  }, [key, token, round]);
  const retry = useCallback(() => setRound((count) => count + 1), []);
  return { ...answered, retry };
}
