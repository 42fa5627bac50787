import { Store } from '../state/store.ts';
import { tokenStore } from '../state/token.ts';
import { askJson } from './ask.ts';

/** What this server lets be done: it depends on how it was started. */
export interface Offers {
  readonly changes: boolean;
  readonly runs: boolean;
}

/** Undefined until it is known. */
export const offersStore = new Store<Offers | undefined>(undefined);

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Finds out what the server offers from the document that says so; again when another token is given. */
export function watchOffers(): void {
  const look = async () => {
    // Who cannot be asked now is asked again with the next token.
    const api = await askJson<OpenApi>('/openapi.json').catch(() => undefined);
    if (api === undefined) return;
    const has = (path: string, method: string) => api.paths[path]?.[method] !== undefined;
    offersStore.set({ changes: has('/db/audit', 'get'), runs: has('/runs', 'post') });
  };
  tokenStore.subscribe(() => void look());
  void look();
}
