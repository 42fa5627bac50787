/** What a statement is given: integers as bigint, as the driver sends numbers as floats. */
export type Parameter =
  | string
  | number
  | bigint
  | boolean
  | null
  | Int8Array
  | readonly Parameter[]
  | { readonly [name: string]: Parameter };

export type Parameters = { readonly [name: string]: Parameter };

/** A transaction that is open. */
export interface Transaction {
  /** Runs a statement and gives its rows; integers are bigint. */
  run<Row extends object>(cypher: string, parameters?: Parameters): Promise<readonly Row[]>;
}
