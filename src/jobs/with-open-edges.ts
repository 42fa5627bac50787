import type { Graph } from '../model/graph.ts';

/** What is to be said of an answer that goes by edges of events, with which of them are not made yet. */
export async function withOpenEdges(
  { records }: Pick<Graph, 'records'>,
  warnings: readonly string[],
): Promise<readonly string[]> {
  const { isOwed, isUnlinked } = await records.openEdges();
  return [
    ...warnings,
    ...(isUnlinked
      ? ['some events were written without edges and may have none yet; audit-extract link makes them']
      : []),
    ...(isOwed
      ? [
          'some edges to agents and tasks are not made yet, as it takes the rows of the source; audit-extract link --source makes them',
        ]
      : []),
  ];
}
