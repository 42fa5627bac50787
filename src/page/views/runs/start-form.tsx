import { useId } from 'preact/hooks';

/** A run that is wanted, and by whom. */
export interface RunWish {
  readonly actor: string;
  readonly full: boolean;
  readonly dry_run: boolean;
  readonly edges: boolean;
}

/** Who it was the last time. */
const PLACE = 'audit-extract-user';

/** Asks what kind of run it is to be, and who starts it. */
export function StartForm({ isBusy, start }: { readonly isBusy: boolean; readonly start: (wish: RunWish) => void }) {
  const id = useId();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const data = new FormData(event.currentTarget);
    const actor = String(data.get('actor') ?? '').trim();
    localStorage.setItem(PLACE, actor);
    start({ actor, full: data.has('full'), dry_run: data.has('dry_run'), edges: data.has('edges') });
  };
  return (
    <form class="start-form" onSubmit={submit}>
      <div class="field">
        <label for={id}>Your name, for the log of changes</label>
        <input id={id} name="actor" required maxLength={200} defaultValue={localStorage.getItem(PLACE) ?? ''} />
      </div>
      <label class="check">
        <input type="checkbox" name="edges" defaultChecked /> make edges, too
      </label>
      <label class="check">
        <input type="checkbox" name="dry_run" /> dry run: write nothing, tell what would change
      </label>
      <label class="check">
        <input type="checkbox" name="full" /> read everything anew
      </label>
      <button type="submit" class="button button-main" disabled={isBusy}>
        {isBusy ? 'A run is going on' : 'Start'}
      </button>
    </form>
  );
}
