import type { RestoreReport, TableRows } from '../model/graph-copy.ts';

/** The tables of a graph before and after, side by side; those of the graph itself as counts of nodes and edges, too. */
export function compareTables(
  before: readonly TableRows[],
  after: readonly TableRows[],
): Pick<RestoreReport, 'nodes' | 'edges' | 'tables'> {
  const names = [...new Set([...before, ...after].map(({ table }) => table))].toSorted();
  const rows = (tables: readonly TableRows[], name: string) => tables.find(({ table }) => table === name)?.rows ?? null;
  const tables = names.map((table) => ({ table, before: rows(before, table), after: rows(after, table) }));
  const sumOf = (name: string) => {
    const { before: was, after: is } = tables.find(({ table }) => table.toLowerCase() === name) ?? {};
    return { before: was ?? null, after: is ?? null };
  };
  return { nodes: sumOf('kg_nodes'), edges: sumOf('kg_edges'), tables };
}
