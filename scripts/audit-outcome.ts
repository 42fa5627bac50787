/** What an audit came to: lines for people, and how many packages have known holes. */
export interface AuditOutcome {
  readonly lines: readonly string[];
  readonly holes: number;
}

interface AuditJson {
  /** Why there is no answer. */
  readonly message?: string;
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
}

/** Reads what `npm audit --json` has printed. Throws where it is neither an answer nor says why there is none. */
export function auditOutcome(json: string): AuditOutcome {
  const { message, vulnerabilities }: AuditJson = JSON.parse(json);
  if (vulnerabilities === undefined) {
    if (message === undefined) throw new Error('npm audit said nothing that can be understood');
    const why = message.replaceAll(/\S+:\/\/\S+/g, '').trim();
    return { lines: [`dependencies: not audited, as the registry in use answers no such question (${why})`], holes: 0 };
  }
  const found = Object.entries(vulnerabilities);
  const lines = found.map(([name, { severity, range }]) => `error: ${name} ${range} has a known hole (${severity})`);
  return { lines: [...lines, `dependencies: ${found.length} with known holes`], holes: found.length };
}
