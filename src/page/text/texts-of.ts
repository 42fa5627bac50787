/** The texts that a property lists; none where it is no list. */
export function textsOf(properties: unknown, name: string): readonly string[] {
  if (typeof properties !== 'object' || properties === null) return [];
  const value: unknown = Object.entries(properties).find(([one]) => one === name)?.[1];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
