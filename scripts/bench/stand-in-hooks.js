/**
 * What stands in the place of modules, by what is to be left out, and what is taken out of others.
 * @type {Record<string, Record<string, (source: string) => string>>}
 */
const LEFT_OUT = {
  trust: {
    '/dist-modules/model/leaf.js': () => "export const leafOf = () => 'A'.repeat(44);",
    '/dist-modules/sqlite/target/sealer.js': () => `export class Sealer {
      begin() {}
      seal() {}
      forget() {}
      digest() { return { fingerprint: '', nodes: 0 }; }
    }`,
  },
  changes: {
    '/dist-modules/sqlite/store/change-log.js': () => `export class ChangeLog {
      now = '';
      run = null;
      note() {}
      noteInsert() {}
      end() {}
      forget() {}
    }`,
  },
  hooks: {
    '/dist-modules/sqlite/store/graph-writer.js': withoutHooks,
  },
  indexes: {
    '/dist-modules/sqlite/store/event-index.js': () => `export class EventIndex {
      add() {}
      change() {}
      remove() {}
      bringBack() {}
      end() {}
      forget() {}
    }`,
    '/dist-modules/engine/event-facets.js': () =>
      'const nothing = { first: null, last: null, session: null, user: null, what: null, how: null, text: null, days: null };' +
      'export const writeFacets = () => nothing;',
    '/dist-modules/sqlite/audit-tables.js': withoutIndexes,
    '/dist-modules/sqlite/store/graph-tables.js': withoutIndexes,
  },
};

/** What is left out under a name. */
export const partsOf = (/** @type {string} */ part) => LEFT_OUT[part] ?? {};

/**
 * The schema without indexes but those of its keys.
 * @param {string} source
 */
function withoutIndexes(source) {
  return source.replace(/CREATE INDEX [^;]*;/g, '');
}

/**
 * The writer without the places where it asks whether there are hooks.
 * @param {string} source
 */
function withoutHooks(source) {
  return source
    .replace(/if \(this\.#hooks === undefined\)\s*return node;/, 'return node;')
    .replace(/ \|\| this\.#hooks\?\.allowsDelete\(before\) === false/g, '')
    .replace(/this\.#hooks\?\.after\w+\([^)]*\);/g, '');
}

/** @type {Record<string, (source: string) => string>} */
let standIns = {};

/** @param {string} part */
export function initialize(part) {
  standIns = partsOf(part);
}

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  const [, replace] = Object.entries(standIns).find(([path]) => url.endsWith(path)) ?? [];
  const loaded = await nextLoad(url, context);
  return replace === undefined ? loaded : { ...loaded, shortCircuit: true, source: replace(String(loaded.source)) };
}
