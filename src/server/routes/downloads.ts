import type { App } from '../app.ts';
import { Downloads } from '../files/downloads.ts';
import { answers } from '../schemas/answers.ts';
import { ExportQuery } from '../schemas/database.ts';
import type { Serving } from '../serving.ts';
import type { Slots } from '../slots.ts';

const tags = ['database'];
const ZIP = 'application/zip';
const DATABASE = 'application/vnd.sqlite3';

const fileOf = (type: string) =>
  answers({ 200: { description: 'a file', content: { [type]: { schema: { type: 'string', format: 'binary' } } } } });

/** The graph as files. Their heads alone are not to be asked for, as they are made first. */
export function downloadRoutes(app: App, serving: Serving, jobs: Slots): void {
  const downloads = new Downloads(jobs);
  const stamp = () => new Date(serving.options.clock()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  app.get(
    '/db/export.zip',
    {
      exposeHeadRoute: false,
      schema: {
        ...{ tags, summary: 'All nodes and edges, as CSV in a zip', querystring: ExportQuery },
        response: fileOf(ZIP),
      },
    },
    ({ query: { deleted: includeDeleted = false } }, reply) =>
      downloads.make(reply, {
        name: `org-${stamp()}.zip`,
        type: ZIP,
        make: (file, signal) => serving.alone('writeExport', { file, includeDeleted }, { signal }),
      }),
  );
  app.get(
    '/db/backup.sqlite',
    {
      exposeHeadRoute: false,
      schema: {
        ...{ tags, summary: 'A backup of the whole database, checked' },
        response: fileOf(DATABASE),
      },
    },
    (_, reply) =>
      downloads.make(reply, {
        name: `org-${stamp()}.sqlite`,
        type: DATABASE,
        make: (file, signal) => serving.alone('writeBackup', { file }, { signal }),
      }),
  );
}
