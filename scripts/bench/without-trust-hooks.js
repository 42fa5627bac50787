/** What stands in the place of the modules that hash and seal. */
const STAND_INS = {
  '/dist/model/leaf.js': "export const leafOf = () => 'A'.repeat(44);",
  '/dist/sqlite/sealer.js': `export class Sealer {
    begin() {}
    seal() {}
    forget() {}
    digest() { return { fingerprint: '', nodes: 0 }; }
  }`,
};

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  const [, source] = Object.entries(STAND_INS).find(([path]) => url.endsWith(path)) ?? [];
  return source === undefined ? nextLoad(url, context) : { format: 'module', shortCircuit: true, source };
}
