import { defineExtractor } from '../../src/model/extractor.ts';

/** An extractor of the tests' own, as unfriendly as the contract lets it be: odd keys, names and states, many skips. */
const hostile = ({ name, prefix, appended }: { name: string; prefix: string; appended: boolean }) =>
  defineExtractor<{ readonly id: 'id'; readonly content: 'text' }, { readonly texts: readonly string[] }>({
    name,
    version: 7,
    summary: 'everything that may go wrong',
    subtype: name,
    prefix,
    table: 'system_events',
    columns: { id: 'id', content: 'text' },
    appended,
    *extract(rows) {
      for (const { id, content } of rows) {
        if (content === null) yield { skip: 'no content' };
        else if (String(id).endsWith('3'))
          yield { key: ['whole', `${id}`, ''], name: `\n${content}\u0000 x`, properties: { id, content } };
        else yield { key: [content.slice(0, 1), ':%~'], state: { texts: [content] } };
      }
    },
    fold: {
      merge: (a, b) => ({ texts: [...new Set([...a.texts, ...b.texts])].sort() }),
      finish: ({ texts }, key) => ({
        name: `\ud800 ${key.join('\u202e')}`,
        properties: { texts, count: texts.length },
      }),
    },
  });

/** Reads its table whole each time. */
export const hostileExtractor = hostile({ name: 'hostile', prefix: 'hostile', appended: false });

/** Reads new rows only. */
export const hostileAppendedExtractor = hostile({ name: 'hostile-appended', prefix: 'more', appended: true });
