import { textParts } from './hidden.ts';
import { formatCount } from './numbers.ts';
import { shorten } from './shorten.ts';

/**
 * A text from data. Nothing in it is markup, its direction ends where it does, and characters that do not show are marked.
 * A long one is cut, and says so.
 */
export function Shown({
  text,
  longest = 200,
  lines = false,
}: {
  readonly text: string;
  readonly longest?: number;
  /** Whether its lines are kept. */
  readonly lines?: boolean;
}) {
  const { text: kept, omitted } = shorten(text, longest);
  return (
    <bdi class={lines ? 'shown shown-lines' : 'shown'}>
      {textParts(kept, lines ? '\n' : '').map((part, at) =>
        part.type === 'text' ? (
          part.text
        ) : (
          <span key={at} class="hidden-mark" title={part.title}>
            {part.text}
          </span>
        ),
      )}
      {omitted > 0 && (
        <span class="omitted" title={`${formatCount(omitted)} more characters`}>
          … +{formatCount(omitted)}
        </span>
      )}
    </bdi>
  );
}
