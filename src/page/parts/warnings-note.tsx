import { Shown } from '../text/shown.tsx';

/** What the server has to say about an answer. */
export function WarningsNote({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul class="warnings">
      {warnings.map((warning) => (
        <li key={warning}>
          <Shown text={warning} longest={400} />
        </li>
      ))}
    </ul>
  );
}
