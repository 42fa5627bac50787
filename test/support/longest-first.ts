import { relative, sep } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The rooms whose files take long, of which some wait for the clock, others for servers, and others compute. */
const LONG_ROOMS = ['neo4j', 'faults', 'page', 'properties', 'server', 'cli', 'scripts'];

/**
 * Runs the files that take long before the others, so that none of them is left over when the rest is done; one of each room
 * in turn, so that those that wait run beside those that compute, and few Neo4j servers are wanted at once.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const room = ({ moduleId, project }: TestSpecification) =>
      LONG_ROOMS.indexOf(relative(project.config.root, moduleId).split(sep)[1] ?? '');
    const turns = LONG_ROOMS.map((_, at) => sorted.filter((file) => room(file) === at));
    const longest = Math.max(...turns.map(({ length }) => length));
    const long = Array.from({ length: longest }, (_, turn) => turns.flatMap((files) => files.slice(turn, turn + 1)));
    return [...long.flat(), ...sorted.filter((file) => room(file) === -1)];
  }
}
