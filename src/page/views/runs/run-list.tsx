import type { Run } from '../../api/runs.ts';
import { Moment } from '../../text/moment.tsx';
import { Shown } from '../../text/shown.tsx';

/** Runs, the newest first. */
export function RunList({ runs }: { readonly runs: readonly Run[] }) {
  if (runs.length === 0) return <p class="quiet">None yet.</p>;
  return (
    <ul class="run-list">
      {runs.map(({ id, state, started_at, started_by, full, dry_run }) => (
        <li key={id} class="run-item">
          <span class={`badge badge-run-${state}`}>{state}</span> <Moment at={started_at} />{' '}
          <span class="quiet">
            by <Shown text={started_by} longest={60} />
            {full && ', everything anew'}
            {dry_run && ', dry run'}
          </span>
        </li>
      ))}
    </ul>
  );
}
