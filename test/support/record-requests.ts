import type { Reply, ServerProcess } from './run-server.ts';

/** Sends JSON as it is written, to the last digit. */
export function sendText(
  server: ServerProcess,
  method: string,
  path: string,
  text: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  return server.ask(path, { method, body: text, headers: { 'content-type': 'application/json', ...headers } });
}

/** The path of a record of an id. */
export const pathTo = (kind: 'nodes' | 'edges', id: string): string => `/${kind}/${encodeURIComponent(id)}`;

/** A node to be made. */
export const note = (id: string, more: Readonly<Record<string, unknown>> = {}) => ({
  id,
  node_type: 'note',
  name: `note ${id}`,
  ...more,
});

/** Ids that a path has to carry as they are. */
export const HOSTILE_IDS: readonly string[] = [
  'a/b',
  '/',
  'a%2Fb',
  '100%',
  'a:b->c',
  'what?x=1',
  'x#y',
  'a b',
  '../etc',
  'a/./b',
  'nul\0nul',
  '😀👩\u200d👩\u200d👧',
  '漢'.repeat(170),
  ':'.repeat(512),
  '\u202egnp.exe',
  '<script>alert(1)</script>',
  'batch',
  'a;b,c&d=e+f',
  '"quoted"',
  '\\',
  'line\nbreak',
  'null',
  '1',
  'true',
];
