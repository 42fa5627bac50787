import { describe } from 'vitest';
import { describeGraph } from './describe-graph.ts';
import { sqlitePlace } from './sqlite-place.ts';

describe('a graph in a file', () => describeGraph(sqlitePlace));
