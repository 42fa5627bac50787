import { address } from '../../api/address.ts';
import { askJson } from '../../api/ask.ts';
import type { NodesPage } from '../../api/records.ts';
import { useAsked } from '../../api/use-answer.ts';
import { ArrowList } from '../../parts/arrow-list.tsx';
import { Awaited } from '../../parts/awaited.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { routeLink } from '../../routes/route.ts';
import { Shown } from '../../text/shown.tsx';

const TYPES = [
  ['audit_trail', 'The trail'],
  ['session', 'Sessions'],
  ['tool', 'Tools'],
  ['agent', 'Agents'],
  ['task', 'Tasks'],
  ['user', 'Users'],
] as const;
const OF_EACH = 8;

/** Where to begin a walk: some nodes of each type that others hang on. */
export function GraphStart() {
  const question = useAsked('graph-start', (signal) =>
    Promise.all(
      TYPES.map(async ([type, title]) => {
        const { nodes, next } = await askJson<NodesPage>(address('/nodes', { type, limit: OF_EACH }), { signal });
        return { type, title, nodes, isMore: next !== null };
      }),
    ),
  );
  return (
    <>
      <ViewHead title="Graph" over="Choose where to begin, then walk from node to node" />
      <Awaited question={question} lines={8}>
        {(parts) =>
          parts.every(({ nodes }) => nodes.length === 0) ? (
            <EmptyNote title="Nothing in this graph is connected yet">
              <p>Make edges for what is there:</p>
              <pre class="command">
                <code>audit-extract link --source sessions.db --target org.db</code>
              </pre>
              <p>or, where nothing is there yet, with the extraction:</p>
              <pre class="command">
                <code>audit-extract run --edges --source sessions.db --target org.db</code>
              </pre>
            </EmptyNote>
          ) : (
            <div class="panels">
              {parts
                .filter(({ nodes }) => nodes.length > 0)
                .map(({ type, title, nodes, isMore }) => (
                  <Panel
                    key={type}
                    title={title}
                    aside={isMore && <a href={routeLink('search', '', { type })}>More of them</a>}
                  >
                    <ArrowList label={title} class="plain-list">
                      {nodes.map(({ id, name }) => (
                        <li key={id}>
                          <a href={routeLink('graph', id)}>
                            <Shown text={name || id} longest={80} />
                          </a>
                        </li>
                      ))}
                    </ArrowList>
                  </Panel>
                ))}
            </div>
          )
        }
      </Awaited>
    </>
  );
}
