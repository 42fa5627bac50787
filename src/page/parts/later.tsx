import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type ApiProblem, problemOf } from '../api/api-problem.ts';
import { ProblemNote } from './problem-note.tsx';

/** A component that is loaded when it is first wanted, as what it is drawn with is large. */
export function later<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
  styles: string,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return function Later(props: Props) {
    const [problem, setProblem] = useState<ApiProblem>();
    const [, redraw] = useState(0);
    useEffect(() => {
      if (loaded !== undefined) return;
      load().then(
        (module) => {
          loaded = module.default;
          redraw((count) => count + 1);
        },
        (error: unknown) => setProblem(problemOf(error)),
      );
    }, []);
    if (problem !== undefined) return <ProblemNote problem={problem} />;
    if (loaded === undefined) return <div class={styles} aria-busy="true" />;
    const Loaded = loaded;
    return <Loaded {...props} />;
  };
}
