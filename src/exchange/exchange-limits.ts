/** Of one row, in characters. More than any graph has that this program writes. */
export const LONGEST_ROW = 32 * 1024 * 1024;

/** Of one row of JSON. */
export const MOST_COLUMNS = 1000;

/** What the files of a zip may come to, in bytes, however small the zip is, and for each byte of a larger one. */
export const ALWAYS_INFLATED = 256 * 1024 * 1024;
export const MOST_INFLATED_FOLD = 100;
