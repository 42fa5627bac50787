import type { OpenEdges } from '../model/graph.ts';
import type { HealthFinding, RunLockState } from '../model/health.ts';
import type { StatusReport } from '../model/status.ts';

/** What is to be said of the lock that runs take. */
export function judgeLock(lock: RunLockState): HealthFinding {
  const check = 'run-lock';
  if (!lock.isHeld) return { check, status: 'ok', what: 'no run is on', todo: null };
  const who = lock.pid === undefined ? '' : `, process ${lock.pid}`;
  return { check, status: 'ok', what: `a run is on${who}`, todo: 'wait for it with --wait SECONDS' };
}

/** What is to be said of the last run. */
export function judgeLastRun({ runs: [last], last_checked }: StatusReport, { isHeld }: RunLockState): HealthFinding {
  const check = 'last-run';
  if (last === undefined && last_checked === null) {
    return { check, status: 'advice', what: 'no run yet', todo: 'audit-extract run makes the first' };
  }
  if (last === undefined) {
    return { check, status: 'ok', what: `looked at ${last_checked}, and had nothing to write`, todo: null };
  }
  const { started_at, finished_at, outcome } = last;
  if (finished_at === null || outcome === null) {
    if (isHeld) return { check, status: 'ok', what: `the run that began at ${started_at} is on`, todo: null };
    const what = `the run that began at ${started_at} was ended before it was done`;
    return { check, status: 'warning', what, todo: 'audit-extract run goes on where it stood' };
  }
  if (outcome !== 'ok') {
    const what = `the last run that wrote, at ${finished_at}, ended with ${outcome}`;
    return { check, status: 'warning', what, todo: 'audit-extract run again, and read what it says' };
  }
  return {
    check,
    status: 'ok',
    what: `wrote at ${finished_at}, looked last at ${last_checked ?? finished_at}`,
    todo: null,
  };
}

/** What is to be said of rows that no run has read yet; tables that are reread whole have none that could be told. */
export function judgeBehind({ extractors }: StatusReport): readonly HealthFinding[] {
  const check = 'behind';
  const known = extractors.filter(({ behind }) => behind !== null);
  if (known.length === 0) return [];
  const late = known.filter(({ behind }) => behind !== 0);
  if (late.length === 0) return [{ check, status: 'ok', what: 'every row that is numbered is read', todo: null }];
  const what = late.map(({ extractor, behind }) => `${extractor} by ${behind} row ids`).join(', ');
  return [{ check, status: 'advice', what, todo: 'audit-extract run reads them' }];
}

/** What is to be said of edges that are not made yet. */
export function judgeEdges({ isUnlinked, isOwed }: OpenEdges): HealthFinding {
  const check = 'edges';
  if (isUnlinked) {
    const todo = 'audit-extract link makes them; run --edges would with every run';
    return { check, status: 'advice', what: 'some events were written without edges', todo };
  }
  if (isOwed) {
    const what = 'some edges to agents and tasks take the rows of the source';
    return { check, status: 'advice', what, todo: 'audit-extract link --source makes them' };
  }
  return { check, status: 'ok', what: 'none is known to be missing', todo: null };
}
