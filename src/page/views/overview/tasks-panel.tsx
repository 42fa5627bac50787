import type { FailedTask } from '../../api/statistics.ts';
import { ArrowList } from '../../parts/arrow-list.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Panel } from '../../parts/panel.tsx';
import { routeLink } from '../../routes/route.ts';
import { Moment } from '../../text/moment.tsx';
import { countOf } from '../../text/numbers.ts';
import { Shown } from '../../text/shown.tsx';

/** The tasks that failed, and the errors around them. */
export function TasksPanel({ tasks }: { readonly tasks: readonly FailedTask[] }) {
  return (
    <Panel title="Failed tasks" wide>
      {tasks.length === 0 ? (
        <EmptyNote title="None" />
      ) : (
        <ArrowList label="Failed tasks" class="task-list">
          {tasks.map(({ task_id, id, description, outcome, last, errors }) => (
            <li key={id}>
              <a href={routeLink('node', id)}>
                <Shown text={task_id} longest={40} />
              </a>
              <span class="badge badge-task-bad">
                <Shown text={outcome} longest={24} />
              </span>
              <p>
                <Shown text={description} longest={140} />
              </p>
              <p class="fine-print">
                <Moment at={last} />
                {errors !== null && errors > 0 && ` · ${countOf(errors, 'error')} around it`}
              </p>
            </li>
          ))}
        </ArrowList>
      )}
    </Panel>
  );
}
