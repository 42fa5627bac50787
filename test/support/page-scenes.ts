import { hostileScene } from './hostile-scene.ts';
import { type CliOptions, runCli } from './run-cli.ts';
import { runServer, type ServerProcess } from './run-server.ts';
import { orchardScene, type Scene } from './scene.ts';

/** The session of the orchard's fixture with most in it. */
export const MORNING = 'a11ce000-0001-4000-8000-000000000001';

/** Every view, with what it is about in the orchard's graph. */
export const VIEWS: Readonly<Record<string, string>> = {
  overview: '#/overview?range=all',
  'overview of one tool': '#/overview?range=all&tool=Read',
  sessions: '#/session',
  session: `#/session/${MORNING}`,
  'start of the graph': '#/graph',
  graph: `#/graph/session%3A${MORNING}`,
  search: '#/search',
  'search for words': '#/search?text=frost',
  node: `#/node/audit_event%3Aerr%3A${MORNING}%3ABash%3Aexit_code_1`,
  'node of a task': '#/node/audit_event%3Atask%3A2',
  changes: '#/changes',
  runs: '#/runs',
};

/** A server of a scene's graph, which has been extracted with edges. */
async function serveScene(
  scene: Scene,
  flags: readonly string[] = [],
  options: CliOptions = {},
): Promise<ServerProcess> {
  const { code, stderr } = await runCli(['run', '--edges', '--quiet', ...scene.paths]);
  if (code !== 0) throw new Error(stderr);
  return runServer([...scene.paths, ...flags], options);
}

/** A server of the orchard's graph. */
export const serveOrchard = (flags: readonly string[] = [], options: CliOptions = {}): Promise<ServerProcess> =>
  serveScene(orchardScene(), flags, options);

/** A server of a graph of hostile texts. */
export const serveHostile = (): Promise<ServerProcess> => serveScene(hostileScene());

/** A server of a graph without anything in it, and a source from which something can be extracted. */
export function serveEmpty(flags: readonly string[] = []): Promise<ServerProcess> {
  return runServer([...orchardScene().paths, ...flags]);
}

/** A server of an empty graph that was told of nothing to extract from. */
export const serveWithoutSource = (): Promise<ServerProcess> => runServer(['--target', orchardScene().target]);
