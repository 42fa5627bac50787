/** A route, as an OpenAPI document has it. */
export interface DescribedRoute {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
}

/** The routes of an API as a Markdown table, in the order given. */
export function routeList(routes: readonly DescribedRoute[]): string {
  const rows = routes.map(({ method, path, summary }) => `| \`${method.toUpperCase()} ${path}\` | ${summary} |`);
  return ['| route | |', '| --- | --- |', ...rows].join('\n');
}
