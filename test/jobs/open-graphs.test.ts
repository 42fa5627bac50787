import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepGraphOpen } from '../../src/jobs/open-graphs.ts';
import type { Graph } from '../../src/model/graph.ts';
import { addToGraph } from '../support/graph-of.ts';
import { tempFolder } from '../support/temp-folder.ts';

function graphOf(id: string, path = join(tempFolder(), 'org.db')): string {
  addToGraph(path, [{ id }], []);
  return path;
}

const has = (id: string) => async (graph: Graph) => (await graph.nodes.find(id)) !== undefined;
const itself = async (graph: Graph) => graph;

test('questions that are asked at once are asked of one graph', async () => {
  const kept = keepGraphOpen(graphOf('tree:apple'));
  const [one, other] = await Promise.all([kept.ask(itself), kept.ask(itself)]);
  expect(one).toBe(other);
  expect(await kept.ask(itself)).toBe(one);
  await kept.close();
});

test('a graph that was replaced is opened anew, while those go on who have the old one', async () => {
  const path = graphOf('tree:apple');
  const kept = keepGraphOpen(path);
  const long = kept.ask(async (graph) => {
    renameSync(graphOf('tree:pear'), path);
    expect(await Promise.all([kept.ask(has('tree:pear')), kept.ask(has('tree:apple'))])).toEqual([true, false]);
    return has('tree:apple')(graph);
  });
  expect(await long).toBe(true);
  await kept.close();
});

test('one that is not there yet is looked for with each question', async () => {
  const path = join(tempFolder(), 'org.db');
  const kept = keepGraphOpen(path);
  await expect(kept.ask(itself)).rejects.toMatchObject({ code: 'target-not-found' });
  graphOf('tree:apple', path);
  expect(await kept.ask(has('tree:apple'))).toBe(true);
  await kept.close();
});

test('closing waits for whoever is at it', async () => {
  const kept = keepGraphOpen(graphOf('tree:apple'));
  const answer = kept.ask(has('tree:apple'));
  await kept.close();
  expect(await answer).toBe(true);
});
