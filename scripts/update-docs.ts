import { readFileSync, writeFileSync } from 'node:fs';
import { documentPath, generatedParts, withPart } from './generated-docs.ts';

/** Writes the generated parts of the documents anew; a test fails where this was forgotten. */
for (const { file, part, text } of await generatedParts()) {
  const path = documentPath(file);
  writeFileSync(path, withPart(readFileSync(path, 'utf8'), part, text));
}
