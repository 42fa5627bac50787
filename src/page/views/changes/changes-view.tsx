import { useEffect, useState } from 'preact/hooks';
import { address } from '../../api/address.ts';
import type { ChangesPage } from '../../api/records.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Awaited } from '../../parts/awaited.tsx';
import { ChangeList } from '../../parts/change-list.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { FilterForm } from '../../parts/filter-form.tsx';
import { Offered } from '../../parts/offered.tsx';
import { Pager } from '../../parts/pager.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { type Route, routeLink } from '../../routes/route.ts';
import { goTo } from '../../routes/use-route.ts';
import { countOf } from '../../text/numbers.ts';
import { CHANGE_FIELDS } from './change-fields.ts';

const ROWS = 50;

/** Who changed what, and when. */
export function ChangesView({ route }: { readonly route: Route }) {
  return (
    <>
      <ViewHead title="Changes" over="Who changed which node or edge, the newest first" />
      <Offered
        what="changes"
        otherwise={
          <EmptyNote title="The log of changes is not shown here">
            <p>This server was started with --no-db.</p>
          </EmptyNote>
        }
      >
        <ChangeLog route={route} />
      </Offered>
    </>
  );
}

function ChangeLog({ route: { query } }: { readonly route: Route }) {
  const asked = address('/db/audit', query);
  const [place, setPlace] = useState({ asked, page: 0 });
  const page = place.asked === asked ? place.page : 0;
  useEffect(() => setPlace((before) => (before.asked === asked ? before : { asked, page: 0 })), [asked]);
  const question = useAnswer<ChangesPage>(
    address('/db/audit', { ...query, limit: ROWS, offset: page * ROWS || undefined }),
  );
  const pages = {
    question,
    page,
    forward: () => setPlace({ asked, page: page + 1 }),
    back: () => setPlace({ asked, page: page - 1 }),
  };
  const set = Object.values(query).filter((value) => value !== '').length;
  return (
    <>
      <details class="panel filters-panel" open={set > 0}>
        <summary>Filters{set > 0 && <span class="badge">{countOf(set, 'set', 'set')}</span>}</summary>
        <FilterForm fields={CHANGE_FIELDS} values={query} apply={(values) => goTo(routeLink('changes', '', values))} />
      </details>
      <Awaited question={question} lines={12}>
        {({ changes, more }) => (
          <section class="panel" aria-label="Changes">
            {changes.length === 0 ? (
              <EmptyNote title={set > 0 ? 'No such change is in the log' : 'The log of changes is empty'}>
                {set > 0 ? (
                  <a href={routeLink('changes')}>Look at all changes</a>
                ) : (
                  <p>It fills with the first run, or the first write over the API.</p>
                )}
              </EmptyNote>
            ) : (
              <ChangeList changes={changes} of="all" />
            )}
            <Pager pages={pages} next={more ? String(page + 1) : null} />
          </section>
        )}
      </Awaited>
    </>
  );
}
