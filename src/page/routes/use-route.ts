import { Store } from '../state/store.ts';
import { useStore } from '../state/use-store.ts';
import { parseRoute, type Route } from './route.ts';

const hashStore = new Store(location.hash);
addEventListener('hashchange', () => hashStore.set(location.hash));

/** Where the page stands. */
export const useRoute = (): Route => parseRoute(useStore(hashStore));

/** Goes somewhere. */
export function goTo(link: string): void {
  location.hash = link;
}
