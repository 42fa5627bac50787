import type { Task } from '../task.ts';
import { getNode } from './get-node.ts';
import { insertNode } from './insert-node.ts';
import { makeGraph } from './make-graph.ts';

/** Everything that threads do, by name. A new task is one file and one line here. */
const registry = { getNode, insertNode, makeGraph };

type Registry = typeof registry;
export type TaskName = keyof Registry;
export type TaskInput<Name extends TaskName> = Parameters<Registry[Name]>[0];
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<Registry[Name]>>;
export type TaskNote<Name extends TaskName> = Registry[Name] extends Task<never, unknown, infer Note> ? Note : never;

/** The same, so that a name that is not known yet fits its input. */
export const tasks: { readonly [Name in TaskName]: Task<TaskInput<Name>, TaskOutput<Name>, TaskNote<Name>> } = registry;
