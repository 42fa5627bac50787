import { type Offers, offersStore } from '../api/offers.ts';
import { type Route, routeLink, type View } from '../routes/route.ts';
import { useStore } from '../state/use-store.ts';
import { SearchBox } from './search-box.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

const LINKS: readonly { readonly view: View; readonly text: string; readonly needs?: keyof Offers }[] = [
  { view: 'overview', text: 'Overview' },
  { view: 'session', text: 'Sessions' },
  { view: 'graph', text: 'Graph' },
  { view: 'search', text: 'Search' },
  { view: 'changes', text: 'Changes', needs: 'changes' },
  { view: 'runs', text: 'Runs', needs: 'runs' },
];

/** What is above all views: the way to each, the search, and light or dark. */
export function PageHead({ route }: { readonly route: Route }) {
  const offers = useStore(offersStore);
  return (
    <header class="page-head">
      <div class="page-head-row">
        <a class="brand" href={routeLink('overview')}>
          <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
            <rect width="32" height="32" rx="8" class="brand-ground" />
            <path d="M8 23v-5M13.3 23V12M18.7 23v-8M24 23V9" class="brand-bars" />
          </svg>
          audit-extract
        </a>
        <nav class="page-nav" aria-label="Views">
          {LINKS.filter(({ needs }) => needs === undefined || offers?.[needs]).map(({ view, text }) => (
            <a key={view} href={routeLink(view)} aria-current={route.view === view ? 'page' : undefined}>
              {text}
            </a>
          ))}
        </nav>
        <SearchBox route={route} />
        <ThemeSwitch />
      </div>
    </header>
  );
}
