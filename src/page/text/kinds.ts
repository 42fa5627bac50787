/** What a node is, in words and as a class that gives it its colour. */
export interface Kind {
  readonly label: string;
  readonly tone: 'error' | 'boundary' | 'command' | 'task-good' | 'task-bad' | 'action' | 'entity' | 'other';
}

interface Kinded {
  readonly node_type: string;
  readonly subtype: string | null;
  readonly name: string | null;
}

const ENTITIES = ['session', 'tool', 'agent', 'task', 'user', 'audit_trail'];

/** The kind of a node. Names of events begin with it; SPEC says how. */
export function kindOf({ node_type, subtype, name }: Kinded): Kind {
  const begin = /^\[([^\]]+)\]/.exec(name ?? '')?.[1];
  if (subtype === 'tool_error') return { label: 'error', tone: 'error' };
  if (subtype === 'session_boundary') return boundaryOf(begin);
  if (subtype === 'task_completion') {
    return begin === 'Task+' ? { label: 'task done', tone: 'task-good' } : { label: 'task not done', tone: 'task-bad' };
  }
  if (subtype === 'user_action') return { label: 'action', tone: 'action' };
  const label = node_type === 'audit_trail' ? 'trail' : (subtype ?? node_type);
  return { label, tone: ENTITIES.includes(node_type) ? 'entity' : 'other' };
}

function boundaryOf(begin: string | undefined): Kind {
  if (begin === 'Boundary') return { label: 'compaction', tone: 'boundary' };
  if (begin === 'Command') return { label: 'command', tone: 'command' };
  return { label: 'system', tone: 'other' };
}

/** A name without the kind at its beginning, which is told beside it. */
export const nameWithoutKind = ({ name, node_type }: Kinded): string =>
  node_type === 'audit_event' ? (name ?? '').replace(/^\[[^\]]+\] /, '') : (name ?? '');
