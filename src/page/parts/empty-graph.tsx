import { offersStore } from '../api/offers.ts';
import { routeLink } from '../routes/route.ts';
import { useStore } from '../state/use-store.ts';
import { EmptyNote } from './empty-note.tsx';

/** What is said where the graph holds no event at all: how to get some. */
export function EmptyGraph() {
  const offers = useStore(offersStore);
  return (
    <EmptyNote title="There is nothing in this graph yet">
      <p>Run an extraction; it reads the sessions and leaves them as they are:</p>
      <pre class="command">
        <code>audit-extract run --edges --source sessions.db --target org.db</code>
      </pre>
      {offers?.runs && (
        <p>
          Or <a href={routeLink('runs')}>start one here</a>.
        </p>
      )}
    </EmptyNote>
  );
}
