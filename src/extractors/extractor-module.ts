import type { AnyExtractor } from '../model/extractor.ts';

const modules = new WeakMap<AnyExtractor, string>();

/** Notes the URL of the module that an extractor from outside was loaded from. */
export function rememberModule(extractor: AnyExtractor, url: string): void {
  modules.set(extractor, url);
}

/** The URL of an extractor's module, so that another thread can import it; undefined where it was not loaded. */
export function moduleOf(extractor: AnyExtractor): string | undefined {
  return modules.get(extractor);
}
