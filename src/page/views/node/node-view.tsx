import { encode } from '../../api/address.ts';
import type { NodeCard } from '../../api/records.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Awaited } from '../../parts/awaited.tsx';
import { ChangeList } from '../../parts/change-list.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Properties } from '../../parts/properties.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { routeLink } from '../../routes/route.ts';
import { kindOf, nameWithoutKind } from '../../text/kinds.ts';
import { Moment } from '../../text/moment.tsx';
import { Shown } from '../../text/shown.tsx';
import { EdgePanel } from './edge-panel.tsx';

/** All that a node says, its edges, and what became of it. */
export function NodeView({ id }: { readonly id: string }) {
  const question = useAnswer<NodeCard>(`/nodes/${encode(id)}/card`);
  const node = question.state === 'answered' ? question.answer.node : undefined;
  const session = node && sessionOf(node.properties);
  return (
    <>
      <ViewHead
        title={<Shown text={node ? nameWithoutKind(node) || id : id} longest={200} />}
        over={node ? kindOf(node).label : 'Node'}
      >
        <nav class="links" aria-label="Of this node">
          <a href={routeLink('graph', id)}>Graph around it</a>
          {session && <a href={routeLink('session', session)}>Its session</a>}
          {node?.node_type === 'session' && <a href={routeLink('session', node.name)}>Its timeline</a>}
        </nav>
      </ViewHead>
      <Awaited question={question} lines={12}>
        {(card) => (
          <div class="panels">
            <Panel title="Properties" wide>
              {card.deleted && <p class="badge badge-deleted">deleted</p>}
              <Properties value={card.node.properties} />
            </Panel>
            <EdgePanel title="Leads to" edges={card.edges.out} id={id} />
            <EdgePanel title="Comes from" edges={card.edges.in} id={id} />
            <Panel title="Record">
              <Facts card={card} />
            </Panel>
            <Panel title="What became of it">
              <ChangeList changes={card.changes} of="one" />
            </Panel>
          </div>
        )}
      </Awaited>
    </>
  );
}

function Facts({ card: { node, recorded, history } }: { readonly card: NodeCard }) {
  const facts = [
    ['type', node.node_type],
    ['subtype', node.subtype],
    ['from table', node.source_table],
    ['from row', node.source_id],
  ] as const;
  return (
    <dl class="properties">
      <div>
        <dt>id</dt>
        <dd>
          <Shown text={node.id} longest={600} /> <CopyButton text={node.id} />
        </dd>
      </div>
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Shown text={value} longest={600} />
            </dd>
          </div>
        ),
      )}
      {(['created_at', 'updated_at', 'deleted_at'] as const).map((name) =>
        history[name] === null ? null : (
          <div key={name}>
            <dt>{name.replace('_at', '')}</dt>
            <dd>
              <Moment at={history[name]} />
            </dd>
          </div>
        ),
      )}
      {recorded !== null && (
        <div>
          <dt>recorded</dt>
          <dd>{recorded ? 'written by this program' : 'written by another program'}</dd>
        </div>
      )}
    </dl>
  );
}

function sessionOf(properties: unknown): string | undefined {
  if (typeof properties !== 'object' || properties === null || !('session_id' in properties)) return undefined;
  return typeof properties.session_id === 'string' ? properties.session_id : undefined;
}
