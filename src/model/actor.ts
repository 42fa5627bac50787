/** How an extractor or a linker signs what it does: `tool-errors@1`. */
export const actorOf = ({ name, version }: { readonly name: string; readonly version: number }): string =>
  `${name}@${version}`;
