import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a linker module of a test says other than usual. */
export interface LinkerModule {
  readonly name?: string;
  readonly version?: number;
  readonly edgeType?: string;
  /** What stands before the export. */
  readonly before?: string;
  /** The body of `*link(event, context)`, unless `link` is given. */
  readonly body?: string;
  /** The whole member. */
  readonly link?: string;
}

/** Writes the module of a linker into a folder, and gives the flags that name it. */
export function linkerModule(folder: string, given: LinkerModule): readonly string[] {
  const { name = 'mine', version = 1, edgeType = 'BESIDE', before = '', body = '' } = given;
  const { link = `*link(event, context) { ${body} }` } = given;
  const path = join(folder, `${name}-${version}.mjs`);
  writeFileSync(
    path,
    `${before}\nexport default { name: '${name}', version: ${version}, summary: 'a test', edgeType: '${edgeType}', ${link} };\n`,
  );
  return ['--linker', path];
}

/** An end that a module of a test makes: a node of type `day`. */
export const A_DAY = `{ id: 'day:1', nodeType: 'day', name: 'A day', properties: { day: 1 } }`;
