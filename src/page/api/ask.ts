import { tokenStore, wantToken } from '../state/token.ts';
import { readProblem } from './api-problem.ts';
import { parseExact } from './exact-json.ts';

/** What a request may have beside its path. */
export interface Asking {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly body?: unknown;
  /** Who writes. */
  readonly actor?: string;
  readonly signal?: AbortSignal;
}

/** Asks the server. Throws an `ApiProblem` where it does not answer with success. */
export async function ask(path: string, { method = 'GET', body, actor, signal }: Asking = {}): Promise<Response> {
  const { token } = tokenStore.value;
  const response = await fetch(path, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(actor !== undefined && { 'x-user': inUtf8(actor) }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    cache: 'no-store',
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  if (response.ok) return response;
  if (response.status === 401) wantToken(token);
  throw await readProblem(response);
}

/** Asks the server for JSON. What it says is what its OpenAPI document promises. */
export async function askJson<Answer>(path: string, asking?: Asking): Promise<Answer> {
  return parseExact(await (await ask(path, asking)).text());
}

/** Headers are bytes; browsers take a character for each. */
function inUtf8(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}
