import { Store } from './store.ts';

/** Kept as long as the tab is open; the reference page reads it, too. */
const PLACE = 'audit-extract-token';

/** What the server was asked with, and whether it wants something else. */
export interface TokenState {
  readonly token: string | undefined;
  /** `missing` where none was sent, `wrong` where it was refused. */
  readonly wanted: 'no' | 'missing' | 'wrong';
}

/** The token that every request bears. */
export const tokenStore = new Store<TokenState>({ token: sessionStorage.getItem(PLACE) ?? undefined, wanted: 'no' });

/** Notes that the server has refused a request that bore this token, or none. */
export function wantToken(refused: string | undefined): void {
  // Another one has been given while the request was under way.
  if (refused !== tokenStore.value.token) return;
  tokenStore.set({ token: refused, wanted: refused === undefined ? 'missing' : 'wrong' });
}

/** Takes a token for all requests to come. */
export function giveToken(token: string): void {
  sessionStorage.setItem(PLACE, token);
  tokenStore.set({ token, wanted: 'no' });
}
