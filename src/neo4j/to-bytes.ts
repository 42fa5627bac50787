/** Bytes as the driver takes them; the same ones, and no copy. */
export const toBytes = ({ buffer, byteOffset, byteLength }: Uint8Array): Int8Array =>
  new Int8Array(buffer, byteOffset, byteLength);
