import { routeLink } from '../../routes/route.ts';
import { Shown } from '../../text/shown.tsx';

/** A node that was walked through. */
export interface Step {
  readonly id: string;
  readonly name: string;
}

const LONGEST = 8;

/** A path that goes on to a node, or back to one that it came through. */
export function walkedTo(path: readonly Step[], step: Step): readonly Step[] {
  const at = path.findIndex(({ id }) => id === step.id);
  return at < 0 ? [...path, step].slice(-LONGEST) : path.slice(0, at + 1);
}

/** The way that was walked, and the way back. */
export function WalkedPath({ path }: { readonly path: readonly Step[] }) {
  if (path.length < 2) return null;
  return (
    <nav class="walked" aria-label="The way here">
      <ol>
        {path.map(({ id, name }, at) => (
          <li key={id}>
            <a href={routeLink('graph', id)} aria-current={at === path.length - 1 ? 'page' : undefined}>
              <Shown text={name} longest={28} />
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
