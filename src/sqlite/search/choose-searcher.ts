import type { Searcher } from '../../model/search.ts';
import { prepareIndexedScan } from './indexed-scan.ts';
import { prepareIndexedSearch } from './indexed-search.ts';
import { NodeSearcher, type SearchShop } from './node-searcher.ts';
import { type SearchSizes, USUAL_SIZES } from './search-sizes.ts';
import { prepareWholeScan } from './whole-scan.ts';

/** The fastest searcher that a graph has what it takes for. */
export function chooseSearcher(shop: SearchShop, sizes: SearchSizes = USUAL_SIZES): Searcher {
  return new NodeSearcher(shop, scanOf(shop), prepareIndexedSearch(shop, sizes), sizes.fewToJudge);
}

/** One that looks at every node. */
export function plainSearcher(shop: SearchShop): Searcher {
  return new NodeSearcher(shop, scanOf(shop), undefined, Number.POSITIVE_INFINITY);
}

function scanOf({ db, place, table, read }: SearchShop) {
  return prepareIndexedScan(db, table, read) ?? prepareWholeScan(db, place, table);
}
