/** When which way is taken; what is found is the same. */
export interface SearchSizes {
  /** So many entries, or nodes that edges lead from, are all looked at rather than in the order that is asked for. */
  readonly few: number;
  /** So many nodes are read at once. */
  readonly page: number;
}

/** What is fast with half a million events. */
export const USUAL_SIZES: SearchSizes = { few: 20_000, page: 1000 };
