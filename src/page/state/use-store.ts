import { useEffect, useState } from 'preact/hooks';
import type { Store } from './store.ts';

/** The value of a store, as it is now and whenever it changes. */
export function useStore<Value>(store: Store<Value>): Value {
  const [value, setValue] = useState(() => store.value);
  useEffect(() => {
    const look = () => setValue(() => store.value);
    // It may have changed since it was drawn, when nobody was listening yet.
    look();
    return store.subscribe(look);
  }, [store]);
  return value;
}
