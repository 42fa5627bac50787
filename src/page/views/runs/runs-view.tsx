import { useEffect, useState } from 'preact/hooks';
import { type ApiProblem, problemOf } from '../../api/api-problem.ts';
import { askJson } from '../../api/ask.ts';
import type { Run, RunWithReport } from '../../api/runs.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Awaited } from '../../parts/awaited.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Offered } from '../../parts/offered.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { LiveRun } from './live-run.tsx';
import { RunList } from './run-list.tsx';
import { RunReportTable } from './run-report-table.tsx';
import { type RunWish, StartForm } from './start-form.tsx';

/** Starts extractions, follows them, and shows what came of the last one. */
export function RunsView() {
  return (
    <>
      <ViewHead title="Runs" over="An extraction reads the sessions and writes what is new into the graph" />
      <Offered
        what="runs"
        otherwise={
          <EmptyNote title="No runs can be started here">
            <p>This server only reads, or was told of no source. Start it with one:</p>
            <pre class="command">
              <code>audit-extract serve --source sessions.db --target org.db</code>
            </pre>
          </EmptyNote>
        }
      >
        <RunPanels />
      </Offered>
    </>
  );
}

function RunPanels() {
  const question = useAnswer<{ readonly runs: readonly Run[] }>('/runs');
  const [problem, setProblem] = useState<ApiProblem>();
  const [followed, follow] = useState<string>();
  const [ended, end] = useState<RunWithReport>();
  const runs = question.state === 'failed' ? [] : (question.answer?.runs ?? []);
  const [latest] = runs;
  const going = runs.find(({ state }) => state === 'running')?.id;
  useEffect(() => {
    if (going !== undefined) follow(going);
  }, [going]);
  // What came of the last one is shown when the page is opened, too.
  const showsLast = followed === undefined && ended === undefined && latest !== undefined && latest.state !== 'running';
  useEffect(() => {
    if (!showsLast) return;
    const controller = new AbortController();
    askJson<RunWithReport>(`/runs/${latest.id}`, { signal: controller.signal }).then(end, () => {});
    return () => controller.abort();
  }, [showsLast, latest?.id]);
  const start = async ({ actor, ...body }: RunWish) => {
    setProblem(undefined);
    try {
      const run = await askJson<Run>('/runs', { method: 'POST', body, actor });
      end(undefined);
      follow(run.id);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const finish = (run: RunWithReport) => {
    follow(undefined);
    end(run);
    question.retry();
  };
  return (
    <div class="panels">
      <Panel title="Start a run">
        <StartForm isBusy={followed !== undefined} start={(wish) => void start(wish)} />
        {problem && <ProblemNote problem={problem} />}
      </Panel>
      <Panel title={followed === undefined ? 'Last run' : 'Going on'}>
        {followed !== undefined && <LiveRun key={followed} id={followed} finish={finish} />}
        {followed === undefined && ended && <RunReportTable run={ended} />}
        {followed === undefined && ended === undefined && (
          <EmptyNote title="None since the server was started">
            <p>Runs of the command line are told of by audit-extract status.</p>
          </EmptyNote>
        )}
      </Panel>
      <Panel title="Runs that were started here" wide>
        <Awaited question={question}>{({ runs: all }) => <RunList runs={all} />}</Awaited>
      </Panel>
    </div>
  );
}
