import { useEffect, useState } from 'preact/hooks';
import { type ApiProblem, problemOf } from '../../api/api-problem.ts';
import { ask } from '../../api/ask.ts';
import type { RunWithReport } from '../../api/runs.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { countOf } from '../../text/numbers.ts';
import { Shown } from '../../text/shown.tsx';
import { followRun } from './follow-run.ts';
import type { ExtractorProgress } from './run-progress.ts';

/** A run that is going on: how far each of its extractors is, and the way to end it early. */
export function LiveRun({ id, finish }: { readonly id: string; readonly finish: (run: RunWithReport) => void }) {
  const [progress, setProgress] = useState<readonly ExtractorProgress[]>([]);
  const [problem, setProblem] = useState<ApiProblem>();
  const [round, setRound] = useState(0);
  // it is followed anew when that is asked for
  useEffect(() => {
    const controller = new AbortController();
    const fail = (error: unknown) => !controller.signal.aborted && setProblem(problemOf(error));
    followRun(id, setProgress, controller.signal).then(
      // One that is still going on was lost sight of.
      (run) => (run.state === 'running' ? setRound((count) => count + 1) : finish(run)),
      fail,
    );
    return () => controller.abort();
  }, [id, round]);
  const interrupt = () => void ask(`/runs/${id}`, { method: 'DELETE' }).catch((error) => setProblem(problemOf(error)));
  if (problem) {
    const retry = () => {
      setProblem(undefined);
      setRound((count) => count + 1);
    };
    return <ProblemNote problem={problem} retry={retry} />;
  }
  return (
    <div class="live-run" aria-live="polite">
      {progress.length === 0 && <p class="quiet">It begins …</p>}
      {progress.map(({ name, state, read, written, share }) => (
        <div key={name} class="live-extractor">
          <p>
            <Shown text={name} longest={40} /> <span class="quiet">{state}</span>
          </p>
          <progress value={share} max={1} aria-label={`${name}: ${state}`} />
          <p class="fine-print">
            {countOf(read, 'row')} read, {countOf(written, 'node')} written
          </p>
        </div>
      ))}
      <button type="button" class="button" onClick={interrupt}>
        Interrupt
      </button>
    </div>
  );
}
