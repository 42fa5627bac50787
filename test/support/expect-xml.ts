import { expect } from 'vitest';

const NAME = '[A-Za-z][A-Za-z0-9-]*';
const TAG = new RegExp(`^<(${NAME})((?: ${NAME}="[^"<]*")*)(/?)>`);
const END = new RegExp(`^</(${NAME})>`);
const ENTITIES = /&(?!(amp|lt|gt|quot|apos);)/;
const FORBIDDEN = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** What stands in an XML text: the names of its elements and their attributes, and the texts between them. */
export interface XmlContent {
  readonly elements: readonly string[];
  readonly attributes: readonly string[];
  readonly texts: readonly string[];
}

/** A stricter reader than XML's own: double quotes, five entities, no comments, sections or declarations. */
export function readXml(xml: string): XmlContent {
  expect(xml).not.toMatch(FORBIDDEN);
  expect(xml).not.toMatch(ENTITIES);
  const [elements, attributes, texts, open]: [string[], string[], string[], string[]] = [[], [], [], []];
  let rest = xml.trimEnd();
  while (rest !== '') {
    const [start, end] = [TAG.exec(rest), END.exec(rest)];
    if (start) {
      const [, name = '', given = '', isEmpty] = start;
      const names = Array.from(given.matchAll(/ ([^= ]+)="[^"]*"/g), ([, attribute = '']) => attribute);
      expect(new Set(names).size).toBe(names.length);
      elements.push(name);
      attributes.push(...names);
      if (isEmpty === '') open.push(name);
    } else if (end) {
      expect(end[1]).toBe(open.pop());
      if (open.length === 0) expect(rest).toBe(end[0]);
    } else {
      const [text = ''] = /^[^<]+/.exec(rest) ?? [];
      expect(text).not.toBe('');
      expect(text).not.toContain(']]>');
      expect(open).not.toEqual([]);
      texts.push(text);
    }
    rest = rest.slice((start ?? end)?.[0].length ?? texts.at(-1)?.length);
  }
  expect(open).toEqual([]);
  return { elements, attributes, texts };
}
