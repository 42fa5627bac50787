import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { documentPath, generatedParts, manual, withPart } from './generated-docs.ts';

/** Writes the generated parts of the documents anew; a test fails where this was forgotten. */
for (const { file, part, text } of await generatedParts()) {
  const path = documentPath(file);
  writeFileSync(path, withPart(readFileSync(path, 'utf8'), part, text));
}
const { file: manFile, text: manText } = manual();
mkdirSync(dirname(documentPath(manFile)), { recursive: true });
writeFileSync(documentPath(manFile), manText);
