import { useEffect, useState } from 'preact/hooks';
import { PageHead } from './parts/page-head.tsx';
import { TokenPrompt } from './parts/token-prompt.tsx';
import type { Route } from './routes/route.ts';
import { goTo, useRoute } from './routes/use-route.ts';
import { plainText } from './text/hidden.ts';
import { shorten } from './text/shorten.ts';
import { ChangesView } from './views/changes/changes-view.tsx';
import { GraphView } from './views/graph/graph-view.tsx';
import { NodeView } from './views/node/node-view.tsx';
import { OverviewView } from './views/overview/overview-view.tsx';
import { RunsView } from './views/runs/runs-view.tsx';
import { SearchView } from './views/search/search-view.tsx';
import { SessionView } from './views/session/session-view.tsx';
import { SessionsView } from './views/session/sessions-view.tsx';

const LONGEST_TITLE = 80;

/** The page. */
export function App() {
  const route = useRoute();
  const { view, subject } = route;
  useEffect(() => {
    const about = plainText(shorten(subject, LONGEST_TITLE).text);
    document.title = [about, view, 'audit-extract'].filter((part) => part !== '').join(' – ');
    scrollTo(0, 0);
  }, [view, subject]);
  return (
    <>
      <button type="button" class="skip-link" onClick={skip}>
        Skip to the content
      </button>
      <PageHead route={route} />
      <main id="content" tabIndex={-1}>
        <CurrentView key={`${view} ${view === 'graph' ? subject !== '' : subject}`} route={route} />
      </main>
      <footer class="page-foot">
        <a href="/reference">The API behind this page</a>
      </footer>
      <TokenPrompt />
    </>
  );
}

function CurrentView({ route }: { readonly route: Route }) {
  const { view, subject } = route;
  const [sessions, showSessions] = useState(50);
  switch (view) {
    case 'overview':
      return <OverviewView route={route} />;
    case 'session':
      if (subject !== '') return <SessionView session={subject} />;
      return <SessionsView limit={sessions} showMore={showSessions} />;
    case 'graph':
      return <GraphView id={subject} />;
    case 'search':
      return <SearchView route={route} />;
    case 'node':
      if (subject === '') goTo('#/search');
      return <NodeView id={subject} />;
    case 'changes':
      return <ChangesView route={route} />;
    case 'runs':
      return <RunsView />;
  }
}

/** The hash says which view it is, so it cannot lead to a place within one. */
function skip(): void {
  document.getElementById('content')?.focus();
}
