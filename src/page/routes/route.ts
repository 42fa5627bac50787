import { encode } from '../api/address.ts';

/** The views of the page. */
const VIEWS = ['overview', 'session', 'graph', 'search', 'node', 'changes', 'runs'] as const;
export type View = (typeof VIEWS)[number];

/** Where the page stands: a view, what it is about, and how it is looked at. It is all in the hash, so links can be shared. */
export interface Route {
  readonly view: View;
  /** A session or node; empty for none. */
  readonly subject: string;
  readonly query: Readonly<Record<string, string>>;
}

/** Reads a hash like `#/session/a11ce?x=y`; what is not understood is the overview. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [name = '', ...rest] = path.split('/');
  const view = VIEWS.find((one) => one === name) ?? 'overview';
  return { view, subject: decode(rest.join('/')), query: Object.fromEntries(new URLSearchParams(query)) };
}

/** The hash that leads there. Empty values of the query are left out. */
export function routeLink(view: View, subject = '', query: Readonly<Record<string, string | undefined>> = {}): string {
  const filled = Object.entries(query).flatMap(([name, value = '']) =>
    value === '' ? [] : [`${name}=${encode(value)}`],
  );
  const path = subject === '' ? `#/${view}` : `#/${view}/${encode(subject)}`;
  return filled.length === 0 ? path : `${path}?${filled.join('&')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A link that somebody typed: taken as it is.
    return text;
  }
}
