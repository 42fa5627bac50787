import { userInfo } from 'node:os';

/** The user whose program this is, as the system calls them; by number where it has no name for them, as in containers. */
export function currentUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid:${process.getuid?.() ?? 'unknown'}`;
  }
}
