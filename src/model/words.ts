const PLAIN = /^[\0-\x7f]*$/;
const ACCENTS = /[\u0300-\u036f]/g;
const WORDS = /[\p{L}\p{N}\p{Co}]+/gu;

/** The words of a text: runs of letters and digits, without case and accents, so that they are found however they are written. */
export function wordsOfText(text: string): readonly string[] {
  return fold(text).match(WORDS) ?? [];
}

/** Lower case, and letters without their accents; a sigma is one letter wherever it stands. */
function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text.normalize('NFD').toLowerCase().replace(ACCENTS, '').replaceAll('ς', 'σ').normalize('NFC');
}
