/** Something that a user, or the system itself, has done. */
export interface UserAction {
  /** What was done, like `LOGIN` or `DOCUMENT_CREATED`. */
  readonly actionType: string;
  /** What it belongs to; `USER_ACTION` unless given. */
  readonly category?: string | undefined;
  /** Who did it; the system itself unless given. */
  readonly user?: { readonly uid: string; readonly name?: string | undefined } | undefined;
  /** What else is to be known of it: anything that JSON can say. */
  readonly details?: unknown;
  /** When it was done, in a form of SPEC section 1; now unless given. */
  readonly timestamp?: string | undefined;
  /** What tells it from all others: logged once more under the same key, nothing is written. */
  readonly key?: string | undefined;
}

/** The same with details as JSON text, so that no digit is lost. */
export type WrittenAction = Omit<UserAction, 'details'> & { readonly details?: string | undefined };

/** The part before the key of a logged action, no extractor's. */
export const LOG_PREFIX = 'log';

/** The subtype of the node of a logged action. */
export const USER_ACTION = 'user_action';
