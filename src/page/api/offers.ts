import { Store } from '../state/store.ts';
import { tokenStore } from '../state/token.ts';
import { problemOf } from './api-problem.ts';
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

async function askOffers(): Promise<Offers> {
  const { paths } = await askJson<OpenApi>('/openapi.json');
  const has = (path: string, method: string) => paths[path]?.[method] !== undefined;
  // A server that only reads makes no nodes; a dry run is all it could do.
  return { changes: has('/db/audit', 'get'), runs: has('/runs', 'post') && has('/nodes', 'post') };
}

/** Finds out what the server offers from the document that says so; again when another token is given. */
export function watchOffers(): void {
  const look = async () => {
    try {
      offersStore.set(await askOffers());
    } catch (error) {
      // Who wants a token is asked again with it; of any other the routes themselves tell what there is.
      if (problemOf(error).status !== 401) offersStore.set({ changes: true, runs: true });
    }
  };
  tokenStore.subscribe(() => void look());
  void look();
}
