/** When which way is taken; what is found is the same. */
export interface SearchSizes {
  /** So many entries are all looked at, or all put in order before they are looked at. */
  readonly fewToJudge: number;
  readonly fewToSort: number;
  /** Entries along which a walk goes in its first step, and in each of the others. */
  readonly quickStep: number;
  readonly longStep: number;
}

/** What is fast with half a million events. */
export const USUAL_SIZES: SearchSizes = {
  fewToJudge: 20_000,
  fewToSort: 100_000,
  quickStep: 2000,
  longStep: 200_000,
};
