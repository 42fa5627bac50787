import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser';

/** Which room may import which; docs/architecture.md draws the same. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  model: [],
  plugins: ['model'],
  extractors: ['model', 'plugins'],
  engine: ['model'],
  graph: ['model'],
  hooks: ['model', 'plugins'],
  linkers: ['model', 'plugins'],
  redaction: ['model'],
  sqlite: ['model'],
  neo4j: ['model'],
  render: ['model', 'engine', 'exchange'],
  jobs: ['model', 'engine', 'exchange', 'extractors', 'graph', 'hooks', 'linkers', 'redaction', 'sqlite', 'neo4j'],
  exchange: ['model'],
  threads: ['model', 'engine', 'extractors', 'graph', 'jobs', 'render'],
  server: ['model', 'jobs', 'redaction', 'render', 'threads'],
  // In the browser, where nothing of the others is.
  page: [],
  cli: [
    'model',
    'engine',
    'exchange',
    'extractors',
    'hooks',
    'jobs',
    'linkers',
    'plugins',
    'redaction',
    'render',
    'server',
    'threads',
  ],
};

/** Files of other rooms that a room may import beside: what hidden characters are is told once, for terminals and browsers. */
const exceptions: Readonly<Record<string, readonly string[]>> = { page: ['render/visible\\.ts$'] };

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room}-imports`,
  comment: `src/${room} may import ${allowed.join(', ') || 'no other room'}: move the code, or pass what it needs in.`,
  severity: 'error' as const,
  from: { path: `^src/${room}/` },
  to: {
    path: '^src/',
    pathNot: `^src/(${[...[room, ...allowed].map((name) => `${name}/`), ...(exceptions[room] ?? [])].join('|')})`,
  },
}));

/** What parts of src/sqlite may import beside what all of them share, which stands in no folder and imports none. */
const sqliteParts: Readonly<Record<string, readonly string[]>> = {
  windows: [],
  source: ['windows'],
  search: ['windows'],
  questions: ['search'],
  store: [],
  target: ['store'],
  editor: ['store'],
  copies: ['store', 'target'],
  health: [],
  export: [],
  import: ['store', 'target'],
  database: ['editor', 'questions', 'store', 'target'],
};

/** The same of src/neo4j; its database opens them all. */
const neo4jParts: Readonly<Record<string, readonly string[]>> = {
  store: [],
  target: [],
  editor: [],
  search: [],
  questions: ['search'],
  'neo4j-database\\.ts$': ['editor', 'questions', 'store', 'target'],
};

const partRules = [
  ...rulesOfParts('sqlite', { ...sqliteParts, '[^/]+\\.ts$': [] }),
  ...rulesOfParts('neo4j', { ...neo4jParts, '(?!neo4j-database\\.)[^/]+\\.ts$': [] }),
];

function rulesOfParts(room: string, parts: Readonly<Record<string, readonly string[]>>): readonly IForbiddenRuleType[] {
  return Object.entries(parts).map(([part, allowed]) => ({
    name: `${room}-${part}-imports`,
    comment: `Of the parts of src/${room}, this one may import ${allowed.join(', ') || 'none'}: reading and writing stay apart.`,
    severity: 'error' as const,
    from: { path: `^src/${room}/${part}` },
    to: { path: `^src/${room}/[^/]+/`, pathNot: `^src/${room}/(${[part, ...allowed].join('|')})/` },
  }));
}

/** Packages that these rooms alone may know. */
export const owners: Readonly<Record<string, readonly string[]>> = {
  'better-sqlite3': ['sqlite'],
  'neo4j-driver': ['neo4j'],
  commander: ['cli'],
  ora: ['cli'],
  'cli-table3': ['render'],
  'csv-stringify': ['render'],
  'csv-parse': ['exchange'],
  tinyglobby: ['jobs'],
  yazl: ['exchange'],
  yauzl: ['exchange'],
  '@dagrejs/dagre': ['render'],
  fastify: ['server'],
  '@fastify/cors': ['server'],
  '@fastify/helmet': ['server'],
  '@fastify/multipart': ['server'],
  '@fastify/rate-limit': ['server'],
  '@fastify/swagger': ['server'],
  '@fastify/static': ['server'],
  '@fastify/swagger-ui': ['server'],
  '@fastify/type-provider-typebox': ['server'],
  preact: ['page'],
  'chart.js': ['page'],
  cytoscape: ['page'],
  zod: ['cli', 'extractors', 'hooks', 'linkers'],
  'fastest-levenshtein': ['extractors'],
  '@secretlint/secretlint-rule-preset-recommend': ['redaction'],
};

const ownerRules = Object.entries(owners).map(([name, owning]) => ({
  name: `only-${owning.join('-and-')}-knows-${name}`,
  comment: `Only ${owning.map((room) => `src/${room}`).join(' and ')} may import ${name}, so that few places change when it does.`,
  severity: 'error' as const,
  from: { path: '^src/', pathNot: `^src/(${owning.join('|')})/` },
  to: { path: `node_modules/${name}/` },
}));

/** The library's entry hands on what is public, and does nothing itself. */
const PUBLIC_ROOMS = ['model', 'engine', 'extractors', 'jobs', 'linkers'];

export const forbidden: readonly IForbiddenRuleType[] = [
  ...roomRules,
  ...partRules,
  ...ownerRules,
  {
    name: 'known-room',
    comment: 'A new folder of src needs a line in scripts/layering-rules.ts and in docs/architecture.md.',
    severity: 'error' as const,
    from: { path: '^src/', pathNot: `^src/(index\\.ts$|(${Object.keys(rooms).join('|')})/)` },
    to: {},
  },
  {
    name: 'index-imports',
    comment: `src/index.ts may import ${PUBLIC_ROOMS.join(', ')}: the public rooms.`,
    severity: 'error' as const,
    from: { path: '^src/index\\.ts$' },
    to: { path: '^src/', pathNot: `^src/(${PUBLIC_ROOMS.join('|')})/` },
  },
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
    // The page is bundled with what it imports.
    from: { path: '^src/', pathNot: '^src/page/' },
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
    extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
  },
};
