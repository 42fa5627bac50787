/** What is known of a value while it is parsed; browsers that tell nothing leave it out. */
interface ParsedFrom {
  readonly source?: string;
}

/** Parses JSON that says what it was asked for. An integer that a number cannot hold becomes a bigint, with all its digits. */
export function parseExact<Answer>(json: string): Answer {
  return JSON.parse(json, (_: string, value: unknown, from?: ParsedFrom) => {
    const isInexact = typeof value === 'number' && !Number.isSafeInteger(value);
    return isInexact && from?.source !== undefined && /^-?\d+$/.test(from.source) ? BigInt(from.source) : value;
  });
}
