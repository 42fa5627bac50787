import { useEffect, useState } from 'preact/hooks';
import type { Store } from './store.ts';

/** The value of a store, as it is now and whenever it changes. */
export function useStore<Value>(store: Store<Value>): Value {
  const [, redraw] = useState(0);
  useEffect(() => store.subscribe(() => redraw((count) => count + 1)), [store]);
  return store.value;
}
