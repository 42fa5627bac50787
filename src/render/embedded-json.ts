import { isJsonObject } from '../model/is-json-object.ts';
import { rawMember } from '../model/raw-member.ts';

/** JSON text that goes into a document as it stands, so that no digit of an integer is lost. */
export class EmbeddedJson {
  /** On one line, as a raw control character in valid JSON is layout between its tokens. */
  readonly text: string;

  private constructor(json: string) {
    this.text = json.replace(/[\n\r\t]/g, ' ');
  }

  /** Stored properties: as they stand where they are a JSON object, else as the text that they are. */
  static ofProperties(stored: string | null | undefined): EmbeddedJson | string | null {
    if (stored === null || stored === undefined) return null;
    return isJsonObject(stored) ? new EmbeddedJson(stored) : stored;
  }

  /** A member of stored properties; undefined where they have none of that name. */
  static ofMember(stored: string | null | undefined, name: string): EmbeddedJson | undefined {
    const member = stored && isJsonObject(stored) ? rawMember(stored, name) : undefined;
    return member === undefined ? undefined : new EmbeddedJson(member);
  }

  static ofInteger(integer: bigint): EmbeddedJson {
    return new EmbeddedJson(String(integer));
  }
}
