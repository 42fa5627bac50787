import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadExtractor } from '../../src/extractors/load-extractor.ts';
import { toolErrors } from '../../src/extractors/tool-errors.ts';
import { withOrigin } from '../../src/extractors/with-origin.ts';
import type { AnyExtractor } from '../../src/model/extractor.ts';
import { tempFolder } from '../support/temp-folder.ts';

it('is the extractor itself without an origin, and all but its prefix with one', () => {
  expect(withOrigin(toolErrors, undefined)).toBe(toolErrors);
  const { extract: _extract, where, ...said } = withOrigin(toolErrors, 'lap1');
  const { extract: _own, where: own, ...expected } = toolErrors;
  expect(said).toEqual({ ...expected, prefix: '@lap1:err' });
  const settings = { errorStatuses: ['failed'] };
  expect(where?.(settings)).toEqual(own?.(settings));
});

it('calls its functions on the object that their author made', () => {
  class Mine implements AnyExtractor {
    readonly #content = 'mine';
    readonly name = 'mine';
    readonly version = 1;
    readonly summary = 'mine';
    readonly subtype = 'mine';
    readonly prefix = 'mine';
    readonly table = 'system_events';
    readonly columns = {};
    where() {
      return { column: this.#content, oneOf: [] };
    }
    *extract() {
      yield { skip: this.#content };
    }
  }
  const placed = withOrigin(new Mine(), 'lap1');
  expect([...placed.extract([])]).toEqual([{ skip: 'mine' }]);
  expect(placed.where?.({ errorStatuses: [] })).toEqual({ column: 'mine', oneOf: [] });
});

it('no extractor from outside can pass for one of an origin', async () => {
  const path = join(tempFolder(), 'mine.mjs');
  writeFileSync(
    path,
    `export default { name: 'mine', version: 1, summary: 'x', subtype: 'mine', prefix: '@lap1', table: 't', columns: {}, extract: () => [] };`,
  );
  await expect(loadExtractor(path, '/', [])).rejects.toMatchObject({ code: 'extractor-invalid' });
});
