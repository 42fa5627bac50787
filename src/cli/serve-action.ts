import { once } from 'node:events';
import { checkNames } from '../jobs/check-paths.ts';
import { withDatabase } from '../jobs/with-database.ts';
import { renderAnswer } from '../render/answer.ts';
import { servingAnswer } from '../render/serving.ts';
import { startServer } from '../server/start-server.ts';
import type { ServeFlags } from './commands/serve.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { drawingView } from './presentation.ts';
import { resolveGraphSettings, resolveSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';
import { serverOptions } from './server-options.ts';

/** `audit-extract serve`: listens until it is interrupted. Gives the exit code. */
export async function serveAction(flags: ServeFlags, io: Io, screen: Screen): Promise<number> {
  screen.format = flags.json ? 'json' : 'table';
  const layers = await layersOf(flags, io);
  const graph = resolveGraphSettings(layers, io.env['HOME']);
  checkNames(graph.source, graph.target);
  if (flags.readOnly) await withDatabase(graph.target, (database) => database.requireThere());
  const options = serverOptions(flags, { ...resolveSettings(layers), ...graph }, io);
  const server = await startServer(options);
  try {
    const view = drawingView({ ...flags, color: false }, io);
    const answer = servingAnswer({ url: server.url, target: graph.target, isReadOnly: options.isReadOnly });
    await screen.out.write(await renderAnswer(answer, flags.json ? 'json' : 'table', view));
    if (!io.signal.aborted) await once(io.signal, 'abort');
    return 0;
  } finally {
    await server.close();
  }
}
