import { visible } from './visible.ts';

const MARKUP: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for XML 1.0, within an element or an attribute; characters that it may not hold are made visible or replaced. */
export function xmlText(text: string): string {
  return visible(text)
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/[&<>"']/g, (mark) => MARKUP[mark] ?? '');
}

/** A length in a picture, to a tenth. */
export function round(length: number): number {
  return Math.round(length * 10) / 10;
}
