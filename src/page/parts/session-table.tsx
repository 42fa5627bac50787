import type { SessionCount } from '../api/statistics.ts';
import { routeLink } from '../routes/route.ts';
import { Moment } from '../text/moment.tsx';
import { formatCount } from '../text/numbers.ts';
import { Shown } from '../text/shown.tsx';

/** Sessions and the trouble they had. On a narrow screen each is a card of its own. */
export function SessionTable({ rows }: { readonly rows: readonly SessionCount[] }) {
  const hasTimes = rows.some(({ last }) => last !== null);
  return (
    <table class="table table-stacks">
      <thead>
        <tr>
          <th scope="col">Session</th>
          <th scope="col" class="number">
            Errors
          </th>
          <th scope="col" class="number">
            Compactions
          </th>
          <th scope="col" class="number">
            Failed tasks
          </th>
          {hasTimes && <th scope="col">Last event</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ session, errors, compactions, failed_tasks, last }) => (
          <tr key={session}>
            <th scope="row">
              <a href={routeLink('session', session)}>
                <Shown text={session} longest={48} />
              </a>
            </th>
            <td class="number" data-label="Errors">
              {formatCount(errors)}
            </td>
            <td class="number" data-label="Compactions">
              {formatCount(compactions)}
            </td>
            <td class="number" data-label="Failed tasks">
              {failed_tasks === null ? <span title="there are no edges to tasks">–</span> : formatCount(failed_tasks)}
            </td>
            {hasTimes && (
              <td data-label="Last event">
                <Moment at={last} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
