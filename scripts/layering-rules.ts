import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser';

/** Which room may import which; docs/architecture.md draws the same. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  model: [],
  extractors: ['model'],
  engine: ['model'],
  sqlite: ['model'],
  render: ['model', 'engine'],
  jobs: ['model', 'engine', 'extractors', 'sqlite'],
  cli: ['model', 'engine', 'extractors', 'jobs', 'render'],
};

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room}-imports`,
  comment: `src/${room} may import ${allowed.join(', ') || 'no other room'}: move the code, or pass what it needs in.`,
  severity: 'error' as const,
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...allowed].join('|')})/` },
}));

/** Packages that one room alone may know. */
export const owners = {
  'better-sqlite3': 'sqlite',
  commander: 'cli',
  ora: 'cli',
  'cli-table3': 'render',
};

const ownerRules = Object.entries(owners).map(([name, room]) => ({
  name: `only-${room}-knows-${name}`,
  comment: `Only src/${room} imports ${name}, so that one place changes when it does.`,
  severity: 'error' as const,
  from: { path: '^src/', pathNot: `^src/${room}/` },
  to: { path: `node_modules/${name}/` },
}));

export const forbidden: readonly IForbiddenRuleType[] = [
  ...roomRules,
  ...ownerRules,
  {
    name: 'no-cycle',
    comment: 'Two files that import each other are one file, or lack a third that both import.',
    severity: 'error' as const,
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'no-tests-in-the-product',
    comment: 'src is what users install; tests, fixtures and scripts stay outside.',
    severity: 'error' as const,
    from: { path: '^src/' },
    to: { path: '^(test|fixtures|scripts)/' },
  },
  {
    name: 'no-dev-dependency-in-the-product',
    comment: 'What src imports must be in "dependencies", or users will not have it.',
    severity: 'error' as const,
    from: { path: '^src/' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
  },
  {
    name: 'resolvable',
    comment: 'The file or package that is imported must exist.',
    severity: 'error' as const,
    from: {},
    to: { couldNotResolve: true },
  },
];

export const options: ICruiseOptions = {
  doNotFollow: { path: 'node_modules' },
  tsPreCompilationDeps: true,
  tsConfig: { fileName: 'tsconfig.json' },
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'types', 'node', 'default'],
    extensions: ['.ts', '.js', '.mjs', '.json'],
  },
};
