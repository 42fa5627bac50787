import { fileURLToPath } from 'node:url';
import type { AnyExtractor } from '../model/extractor.ts';
import type { LoadedModule } from '../model/report.ts';

const modules = new WeakMap<AnyExtractor, string>();

/** Notes the URL of the module that an extractor from outside was loaded from. */
export function rememberModule(extractor: AnyExtractor, url: string): void {
  modules.set(extractor, url);
}

/** Those of some extractors that were loaded from modules, and from which. */
export function loadedModules(extractors: readonly AnyExtractor[]): readonly LoadedModule[] {
  return extractors.flatMap((extractor) => {
    const url = modules.get(extractor);
    return url === undefined
      ? []
      : [{ extractor: extractor.name, version: extractor.version, path: fileURLToPath(url) }];
  });
}

/** The URL of an extractor's module, so that another thread can import it; undefined where it was not loaded. */
export function moduleOf(extractor: AnyExtractor): string | undefined {
  return modules.get(extractor);
}
