import type { Change } from '../model/node.ts';
import type { RunReport } from '../model/report.ts';
import { firstCodePoints } from '../model/text.ts';
import { type FieldChange, fieldChanges } from './field-changes.ts';
import { grouped } from './grouped.ts';
import { visible } from './visible.ts';

type RealChange = Exclude<Change, { action: 'unchanged' }>;

/** So many changes are shown of each action of each extractor. */
const SHOWN = 2;

/** Keeps a few changes of every kind as they go by, to show what a run did or would do. */
export class ChangeSample {
  readonly #kept = new Map<string, RealChange[]>();

  add(extractor: string, changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.action === 'unchanged') continue;
      const kind = `${extractor} ${change.action}`;
      const kept = this.#kept.get(kind) ?? [];
      if (kept.length < SHOWN) this.#kept.set(kind, [...kept, change]);
    }
  }

  /** A heading and the lines under it; nothing when nothing changed. */
  render({ dry_run, totals }: RunReport, width: number): readonly string[] {
    const shown = [...this.#kept.values()].flat();
    if (shown.length === 0) return [];
    const heading = `${dry_run ? 'What would change' : 'What changed'}, ${shown.length} of ${grouped(totals.inserted + totals.updated)}:`;
    return ['', heading, ...shown.flatMap(linesOf).map((line) => firstCodePoints(line, width)), ''];
  }
}

function linesOf(change: RealChange): readonly string[] {
  const { name, id } = change.node;
  if (change.action === 'insert') return [`  + ${visible(name)}`, `      ${visible(id)}`];
  return [`  ~ ${visible(name)}`, `      ${visible(id)}`, ...fieldChanges(change.before, change.node).map(lineOf)];
}

function lineOf({ field, before, after }: FieldChange): string {
  return `      ${visible(field)}: ${visible(before)} -> ${visible(after)}`;
}
