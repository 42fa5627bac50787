import type { Parameters } from '../../api/address.ts';
import type { NodesPage } from '../../api/records.ts';
import { usePages } from '../../api/use-pages.ts';
import { ArrowList } from '../../parts/arrow-list.tsx';
import { Awaited } from '../../parts/awaited.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { FilterForm } from '../../parts/filter-form.tsx';
import { NodeRow } from '../../parts/node-row.tsx';
import { Pager } from '../../parts/pager.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { WarningsNote } from '../../parts/warnings-note.tsx';
import { type Route, routeLink } from '../../routes/route.ts';
import { goTo } from '../../routes/use-route.ts';
import { Moment } from '../../text/moment.tsx';
import { countOf } from '../../text/numbers.ts';
import { Shown } from '../../text/shown.tsx';
import { SEARCH_FIELDS } from './search-fields.ts';

const ROWS = 50;

/** Finds nodes by words and conditions. */
export function SearchView({ route: { query } }: { readonly route: Route }) {
  const { path, parameters } = askedOf(query);
  const pages = usePages<NodesPage>(path, { ...parameters, limit: ROWS });
  const { text = '', ...conditions } = query;
  const set = Object.values(conditions).filter((value) => value !== '').length;
  return (
    <>
      <ViewHead
        title={
          text === '' ? (
            'Search'
          ) : (
            <>
              Search for “<Shown text={text} longest={60} />”
            </>
          )
        }
        over="Words begin like those that are typed above; / leads there"
      />
      <details class="panel filters-panel" open={set > 0 || text === ''}>
        <summary>Filters{set > 0 && <span class="badge">{countOf(set, 'set', 'set')}</span>}</summary>
        <FilterForm
          fields={SEARCH_FIELDS}
          values={conditions}
          apply={(values) => goTo(routeLink('search', '', { ...values, text }))}
        />
      </details>
      <Awaited question={pages.question} lines={12}>
        {({ nodes, next, warnings }) => (
          <section class="panel" aria-label="What was found">
            {nodes.length === 0 ? (
              <EmptyNote title="Nothing was found">
                <p>Try fewer words or filters, or a longer time.</p>
                {(set > 0 || text !== '') && <a href={routeLink('search')}>Look at all events</a>}
              </EmptyNote>
            ) : (
              <ArrowList label="Nodes" class="node-list">
                {nodes.map((node) => (
                  <NodeRow key={node.id} node={node} deleted={(node.deleted_at ?? null) !== null}>
                    {(node.last ?? null) !== null && (
                      <span class="node-row-when">
                        <Moment at={node.last} />
                      </span>
                    )}
                  </NodeRow>
                ))}
              </ArrowList>
            )}
            <Pager pages={pages} next={next} />
            <WarningsNote warnings={warnings} />
          </section>
        )}
      </Awaited>
    </>
  );
}

/** Events are what is searched unless another type is asked for. */
function askedOf({ type = '', ...rest }: Readonly<Record<string, string>>): {
  readonly path: string;
  readonly parameters: Parameters;
} {
  if (type === '') return { path: '/events', parameters: rest };
  return { path: '/nodes', parameters: type === 'any' ? rest : { type, ...rest } };
}
