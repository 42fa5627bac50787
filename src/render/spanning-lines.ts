/** Of lines between numbered boxes, those that join what no line before them has joined: enough to hang all boxes on. */
export function spanningLines(
  boxes: number,
  lines: readonly { readonly from: number; readonly to: number }[],
): ReadonlySet<number> {
  const joinedTo = Array.from({ length: boxes }, (_, box) => box);
  const groupOf = (box: number): number => {
    let at = box;
    for (let next = joinedTo[at] ?? at; next !== at; next = joinedTo[at] ?? at) {
      joinedTo[at] = joinedTo[next] ?? next;
      at = next;
    }
    return at;
  };
  const spanning = new Set<number>();
  for (const [index, { from, to }] of lines.entries()) {
    const [a, b] = [groupOf(from), groupOf(to)];
    if (a === b) continue;
    joinedTo[a] = b;
    spanning.add(index);
  }
  return spanning;
}
