import type { Change } from '../api/records.ts';
import { Shown } from '../text/shown.tsx';
import { changedFields } from './changed-fields.ts';
import { Value } from './properties.tsx';

/** What a change made of a record: what each field said before, and says now. */
export function ChangeDetails({ change: { before, after } }: { readonly change: Pick<Change, 'before' | 'after'> }) {
  const fields = changedFields(before, after);
  if (fields.length === 0) return null;
  return (
    <details class="change-details">
      <summary>
        {before !== null && after !== null
          ? `What changed: ${fields
              .map(({ name }) => name)
              .join(', ')
              .slice(0, 80)}`
          : 'What it says'}
      </summary>
      <dl class="properties">
        {fields.map(({ name, was, is }) => (
          <div key={name}>
            <dt>
              <Shown text={name} longest={60} />
            </dt>
            <dd>
              {was !== undefined && after !== null && (
                <del>
                  <Value value={was} />
                </del>
              )}
              {was !== undefined && after === null && <Value value={was} />}
              {is !== undefined &&
                (before === null ? (
                  <Value value={is} />
                ) : (
                  <ins>
                    <Value value={is} />
                  </ins>
                ))}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
