import type { Answer } from './answer.ts';
import { visible } from './visible.ts';

/** What is served where. */
export interface ServedGraph {
  readonly url: string;
  readonly target: string;
  readonly isReadOnly: boolean;
}

/** What `audit-extract serve` says once it listens. */
export function servingAnswer({ url, target, isReadOnly }: ServedGraph): Answer {
  const row = { url, target, read_only: isReadOnly };
  return {
    document: { schema: 'audit-extract/serve@1', ...row },
    rows: [row],
    columns: Object.keys(row),
    draw: () => `Serving ${visible(target)}${isReadOnly ? ', read-only,' : ''} at ${url}\n`,
  };
}
