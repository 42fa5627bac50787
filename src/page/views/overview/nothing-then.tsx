import { EmptyNote } from '../../parts/empty-note.tsx';
import { type OverviewQuery, overviewLink, RANGES } from './overview-query.ts';

/** Says that there is nothing of the time, or with the filters, that are looked at. */
export function NothingThen({ query }: { readonly query: OverviewQuery }) {
  const isNarrowed = query.tool !== '' || query.errorType !== '';
  const [, span] = RANGES.find(([range]) => range === query.range) ?? RANGES[3];
  return (
    <EmptyNote title={query.range === 'all' ? 'No errors' : `No errors in the last ${span}`}>
      {query.range !== 'all' && <a href={overviewLink({ ...query, range: 'all' })}>Look at all time</a>}
      {isNarrowed && <a href={overviewLink({ ...query, tool: '', errorType: '' })}>Look at all errors</a>}
    </EmptyNote>
  );
}
