import type { ComponentChildren } from 'preact';
import { type Offers, offersStore } from '../api/offers.ts';
import { useStore } from '../state/use-store.ts';
import { Loading } from './loading.tsx';

/** What is shown where the server offers it; something else where it does not. */
export function Offered({
  what,
  otherwise,
  children,
}: {
  readonly what: keyof Offers;
  readonly otherwise: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const offers = useStore(offersStore);
  if (offers === undefined) return <Loading lines={6} />;
  return offers[what] ? children : otherwise;
}
