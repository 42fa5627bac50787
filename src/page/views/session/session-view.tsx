import { useState } from 'preact/hooks';
import { useAsked } from '../../api/use-answer.ts';
import { Awaited } from '../../parts/awaited.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Pager } from '../../parts/pager.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { WarningsNote } from '../../parts/warnings-note.tsx';
import { routeLink } from '../../routes/route.ts';
import { Shown } from '../../text/shown.tsx';
import { askSession } from './ask-session.ts';
import { SessionStrip } from './session-strip.tsx';
import { SessionTimeline } from './session-timeline.tsx';

/** What happened in a session, in order. */
export function SessionView({ session }: { readonly session: string }) {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  const node = `session:${keyPart(session)}`;
  const question = useAsked(`${session}\n${cursor ?? ''}`, (signal) => askSession(session, cursor, signal));
  const pages = {
    question,
    page: cursors.length,
    forward: (next: string) => setCursors([...cursors, next]),
    back: () => setCursors(cursors.slice(0, -1)),
  };
  return (
    <>
      <ViewHead title={<Shown text={session} longest={120} />} over="Session">
        <nav class="links" aria-label="Of this session">
          {node.length <= LONGEST_ID && <a href={routeLink('graph', node)}>Graph around it</a>}
          <a href={routeLink('search', '', { session })}>Search in it</a>
          <a href={routeLink('session')}>All sessions</a>
        </nav>
      </ViewHead>
      <Awaited question={question} lines={10}>
        {({ events, next, warnings }) =>
          events.length === 0 ? (
            <EmptyNote title="No events of this session">
              <p>It may be spelt otherwise, or have had no trouble that was recorded.</p>
              <a href={routeLink('session')}>Look at all sessions</a>
            </EmptyNote>
          ) : (
            <>
              <SessionStrip events={events} />
              <SessionTimeline events={events} />
              <Pager pages={pages} next={next} />
              <WarningsNote warnings={warnings} />
            </>
          )
        }
      </Awaited>
    </>
  );
}

/** Of longer ids a part is kept, and a sum that tells the rest; the characters of one may take up to four bytes. */
const LONGEST_ID = 128;

/** How ids hold a value. */
const keyPart = (value: string): string => value.replaceAll('%', '%25').replaceAll(':', '%3A');
