const KIB = 1024;

/** A size for people. */
export function sizeOf(bytes: number): string {
  const kib = bytes / KIB;
  return kib < KIB ? `${Math.ceil(kib)} KiB` : `${(kib / KIB).toFixed(1)} MiB`;
}
