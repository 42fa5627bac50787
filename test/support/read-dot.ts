/** A statement of a DOT graph: its words, strings unquoted as Graphviz reads them, before its own escapes are. */
export type DotStatement = readonly string[];

const TOKEN = /^(?:\s+|(?<string>"(?:[^"\\]|\\.)*")|(?<word>[A-Za-z_][A-Za-z_0-9]*|-?\d+)|(?<mark>->|[{}[\]=;,]))/s;

/** Reads the words of a DOT text; throws on what is no word of that grammar, such as HTML, a comment or an open quote. */
export function readDot(dot: string): readonly DotStatement[] {
  const statements: string[][] = [[]];
  let rest = dot;
  while (rest !== '') {
    const found = TOKEN.exec(rest);
    if (found === null) throw new Error(`no word of DOT: ${rest.slice(0, 60)}`);
    const { string, word, mark } = found.groups ?? {};
    if (mark === ';' || mark === '{' || mark === '}') statements.push([]);
    else if (string !== undefined || word !== undefined || mark !== undefined) {
      statements.at(-1)?.push(string?.slice(1, -1).replaceAll('\\"', '"') ?? word ?? mark ?? '');
    }
    rest = rest.slice(found[0].length);
  }
  return statements.filter((words) => words.length > 0);
}
