/** Stands where something is still to come. */
export function Loading({ lines }: { readonly lines: number }) {
  return (
    <div class="loading" role="status">
      <span class="for-readers">loading</span>
      {Array.from({ length: lines }, (_, at) => (
        <span key={at} class="loading-line" />
      ))}
    </div>
  );
}
