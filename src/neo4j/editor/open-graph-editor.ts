import type { GraphEditor, HoldingReader } from '../../model/graph-editor.ts';
import type { EditorOpening } from '../../model/graph-opening.ts';
import type { Connection } from '../connection.ts';
import { ensureSchema } from '../schema.ts';
import { writeSettings } from '../write-once.ts';
import { Neo4jGraphEditor } from './graph-editor.ts';
import { Neo4jHoldingReader } from './holding-reader.ts';

/** Opens a graph to edit it, whoever made it; what keeps two from making the same node is made where it is missing. */
export async function openGraphEditor(connection: Connection, opening: EditorOpening): Promise<GraphEditor> {
  await ensureSchema(connection);
  return new Neo4jGraphEditor(
    connection,
    writeSettings(opening, () => opening.now),
    opening.actor,
  );
}

/** Opens a graph to look at what its events hang on; nothing is written. */
export async function openHoldingReader(connection: Connection): Promise<HoldingReader> {
  return new Neo4jHoldingReader(connection);
}
