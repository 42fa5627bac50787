import type { Searcher } from '../model/search.ts';
import { prepareIndexedScan } from './indexed-scan.ts';
import { prepareIndexedSearch } from './indexed-search.ts';
import { NodeSearcher, type SearchShop } from './node-searcher.ts';
import { prepareWholeScan } from './whole-scan.ts';

/** The fastest searcher that a graph has what it takes for. */
export function chooseSearcher(shop: SearchShop): Searcher {
  const { db, table, read } = shop;
  return new NodeSearcher(shop, scanOf(shop), prepareIndexedSearch(db, table, read));
}

/** One that looks at every node. */
export function plainSearcher(shop: SearchShop): Searcher {
  return new NodeSearcher(shop, scanOf(shop), undefined);
}

function scanOf({ db, place, table, read }: SearchShop) {
  return prepareIndexedScan(db, table, read) ?? prepareWholeScan(db, place, table);
}
