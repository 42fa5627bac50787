/** What a graph is called before a warning that is about all of it. */
export function targetSubject(path: string): string {
  return path.includes('://') ? 'graph' : 'org.db';
}
