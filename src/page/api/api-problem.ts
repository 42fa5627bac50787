/** What the server says went wrong, as in its problem document; `unreachable` where it says nothing. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;

  constructor({ status, code, detail, hint }: ProblemDocument) {
    super(detail);
    this.status = status;
    this.code = code;
    this.hint = hint;
  }
}

interface ProblemDocument {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly hint?: string | undefined;
}

/** The problem that an answer is which is none of success. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const { status, statusText } = response;
  const given: Partial<ProblemDocument> = await response.json().catch(() => ({}));
  const { detail = `the server answered ${status} ${statusText}`.trim(), code = `http-${status}`, hint } = given;
  return new ApiProblem({ status, code, detail, hint });
}

/** The problem that an error is. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  // A request that got no answer at all fails with a TypeError.
  if (error instanceof TypeError) {
    const hint = 'see whether audit-extract serve is still running, then try again';
    return new ApiProblem({ status: 0, code: 'unreachable', detail: 'the server does not answer', hint });
  }
  return new ApiProblem({
    status: 0,
    code: 'internal',
    detail: error instanceof Error ? error.message : String(error),
  });
}
