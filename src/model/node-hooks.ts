import type { RecordCleaner } from './change.ts';
import { AuditError, reasonOf } from './errors.ts';
import { type Hook, VETO } from './hook.ts';
import { isJsonObject } from './is-json-object.ts';
import { withoutLayout } from './json-layout.ts';
import type { NodeRecord, StoredNode } from './node.ts';

/** Calls hooks, and sees to it that they do no harm: what they are shown is not theirs to alter, and what they add is cleaned. */
export class NodeHooks {
  readonly #hooks: readonly Hook[];
  readonly #cleaner: RecordCleaner;

  constructor(hooks: readonly Hook[], cleaner: RecordCleaner) {
    this.#hooks = hooks;
    this.#cleaner = cleaner;
  }

  /** What is to be written of a node; undefined where a hook has vetoed it. `before` is undefined where it is new. */
  shape<Node extends NodeRecord>(node: Node, before: StoredNode | undefined): Node | undefined {
    let shaped: Node = node;
    for (const hook of this.#of(node.nodeType)) {
      const shown = asShown(shaped);
      const given = this.#call(hook, () =>
        before === undefined ? hook.beforeInsert?.(shown) : hook.beforeUpdate?.(shown, asShown(before)),
      );
      if (given === VETO) return undefined;
      if (given !== undefined && given !== shown) shaped = this.#clean(requireNode(hook, given, node));
    }
    return shaped;
  }

  /** Whether a node may be deleted. */
  allowsDelete(node: StoredNode): boolean {
    const shown = asShown(node);
    return this.#of(node.nodeType).every((hook) => this.#call(hook, () => hook.beforeDelete?.(shown)) !== VETO);
  }

  afterWrite(node: NodeRecord, before: StoredNode | undefined): void {
    const shown = asShown(node);
    for (const hook of this.#of(node.nodeType)) {
      this.#call(hook, () =>
        before === undefined ? hook.afterInsert?.(shown) : hook.afterUpdate?.(shown, asShown(before)),
      );
    }
  }

  afterDelete(node: StoredNode): void {
    const shown = asShown(node);
    for (const hook of this.#of(node.nodeType)) this.#call(hook, () => hook.afterDelete?.(shown));
  }

  /** A hook may know secrets of its own. */
  #clean<Node extends NodeRecord>(node: Node): Node {
    const { name, properties } = this.#cleaner.node(node);
    return { ...node, name: name ?? node.name, properties: properties ?? node.properties };
  }

  #of(nodeType: string | null | undefined): readonly Hook[] {
    return this.#hooks.filter((hook) => hook.nodeType === undefined || hook.nodeType === nodeType);
  }

  #call<Given>(hook: Hook, action: () => Given): Given {
    let given: Given;
    try {
      given = action();
    } catch (error) {
      throw failed(hook, reasonOf(error), error);
    }
    if (!(given instanceof Promise)) return given;
    // Nobody waits for it, and what it fails of is told here already.
    given.catch(() => undefined);
    throw failed(hook, 'it is asynchronous, and its transaction does not wait');
  }
}

/** A copy that cannot be altered: what is written is what was looked at. */
const asShown = <Node extends StoredNode>(node: Node): Node => Object.freeze({ ...node });

/** A hook of the user's may give anything; its node's name and properties are taken. */
function requireNode<Node extends NodeRecord>(hook: Hook, given: NodeRecord, node: Node): Node {
  const isNode = typeof given === 'object' && given !== null;
  if (!isNode) throw failed(hook, 'it gave neither a node nor a veto');
  if (given.id !== node.id || given.nodeType !== node.nodeType)
    throw failed(hook, 'it gave another id, or another type');
  if (typeof given.name !== 'string' || given.name === '') throw failed(hook, 'it gave a node without a name');
  const { name, properties } = given;
  if (typeof properties === 'string' && isJsonObject(properties))
    return { ...node, name: name.toWellFormed(), properties: withoutLayout(properties) };
  throw failed(hook, 'it gave properties that are not the JSON text of an object');
}

function failed({ name }: Hook, why: string, cause?: unknown): AuditError {
  return new AuditError('hook-failed', `hook ${name} failed: ${why}`, 'mend the hook, or run without it', cause);
}

/** Those that are called; undefined where there are none, so that nothing is done for them. */
export function nodeHooks(hooks: readonly Hook[], cleaner: RecordCleaner): NodeHooks | undefined {
  return hooks.length === 0 ? undefined : new NodeHooks(hooks, cleaner);
}
