/** A node as the graph should have it, its properties as JSON text. */
export interface ExpectedNode {
  readonly id: string;
  readonly node_type: string;
  readonly subtype: string;
  readonly name: string;
  readonly properties: string;
  readonly source_table: string;
  readonly source_id: string;
}
