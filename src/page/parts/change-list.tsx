import type { Change } from '../api/records.ts';
import { routeLink } from '../routes/route.ts';
import { Moment } from '../text/moment.tsx';
import { Shown } from '../text/shown.tsx';
import { ArrowList } from './arrow-list.tsx';
import { ChangeDetails } from './change-details.tsx';

/** Changes, the newest first. Of one record its name need not be told. */
export function ChangeList({ changes, of }: { readonly changes: readonly Change[]; readonly of: 'one' | 'all' }) {
  if (changes.length === 0) return <p class="quiet">No change is in the log.</p>;
  return (
    <ArrowList label="Changes" class="change-list">
      {changes.map((change) => (
        <li key={change.number}>
          <p class="change-head">
            <span class={`badge badge-operation-${change.operation}`}>{change.operation.replace('_', ' ')}</span>{' '}
            {of === 'all' && <ChangedRecord change={change} />}
          </p>
          <p class="fine-print">
            <Moment at={change.timestamp} /> by <Shown text={change.actor} longest={60} />
            {change.run_id !== null && ` in run ${change.run_id}`}
          </p>
          <ChangeDetails change={change} />
        </li>
      ))}
    </ArrowList>
  );
}

function ChangedRecord({ change: { record_id: id, component, before, after } }: { readonly change: Change }) {
  const { name, from_node: from, to_node: to } = after ?? before ?? {};
  return (
    <>
      {typeof from === 'string' && typeof to === 'string' ? (
        <>
          <NodeLink id={from} name={from} /> → <NodeLink id={to} name={to} />
        </>
      ) : (
        <NodeLink id={id} name={typeof name === 'string' ? name : id} />
      )}{' '}
      <span class="quiet">
        <Shown text={component} longest={32} />
      </span>
    </>
  );
}

function NodeLink({ id, name }: { readonly id: string; readonly name: string }) {
  return (
    <a href={routeLink('node', id)}>
      <Shown text={name} longest={120} />
    </a>
  );
}
