import type { Transaction } from './transaction.ts';

/** Reads something in one transaction, which may be tried again. */
export type Read = <Result>(action: (tx: Transaction) => Promise<Result>, signal?: AbortSignal) => Promise<Result>;
