const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
const LONGEST = 24;

/** How long bars may be beside what else stands in a line of this width. */
export function barRoom(width: number): number {
  return Math.max(0, Math.min(LONGEST, Math.floor(width / 4)));
}

/** A bar as long as its share of the largest count; what is there at all can be seen. */
export function barOf(count: number, largest: number, room: number): string {
  if (count <= 0 || largest <= 0 || room <= 0) return '';
  const eighths = Math.max(1, Math.round(Math.min(1, count / largest) * room * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}
