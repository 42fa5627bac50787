/** How long SQLite waits for another program's lock before we give up and say who is busy. */
export const LOCK_WAIT_MS = 5000;
