import type { ActionReport } from '../model/action-report.ts';
import type { Answer } from './answer.ts';
import { grouped } from './grouped.ts';
import { visible } from './visible.ts';

/** What `log` did, as an answer in any format. */
export function actionAnswer(report: ActionReport): Answer {
  const { target, error, ...rest } = report;
  return {
    document: { ...rest, target: { ...target }, ...(error && { error: { ...error } }) },
    rows: [...report.ids.map((id) => ({ id })), ...(error ? [{ error: { ...error } }] : [])],
    columns: ['id'],
    draw: () => draw(report),
  };
}

function draw({ logged, already_logged, vetoed = 0, ids }: ActionReport): string {
  const [id = ''] = ids;
  const count = logged + already_logged;
  if (vetoed > 0)
    return `${grouped(count)} of ${grouped(count + vetoed)} actions logged: a hook has vetoed the rest.\n`;
  if (count === 1) return `${logged === 1 ? 'Logged' : 'Logged before'}: ${visible(id)}\n`;
  const before = already_logged > 0 ? `, ${grouped(already_logged)} logged before` : '';
  return `${grouped(logged)} actions logged${before}.\n`;
}
