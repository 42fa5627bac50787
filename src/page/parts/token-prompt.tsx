import { useEffect, useId, useRef } from 'preact/hooks';
import { giveToken, tokenStore } from '../state/token.ts';
import { useStore } from '../state/use-store.ts';

/** Asks for the token where the server wants one. */
export function TokenPrompt() {
  const { wanted } = useStore(tokenStore);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (wanted === 'no') dialog.current?.close();
    else if (dialog.current?.open === false) dialog.current.showModal();
  }, [wanted]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const token = String(new FormData(event.currentTarget).get('token') ?? '').trim();
    if (token !== '') giveToken(token);
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={id}>
      <form onSubmit={submit}>
        <h2 id={id}>This server wants a token</h2>
        <p class="quiet">
          Whoever started it has it in a file or its environment. It is kept until this tab is closed.
        </p>
        <div class="field">
          <label for={`${id}-token`}>Token</label>
          <input id={`${id}-token`} name="token" type="password" autoComplete="off" required />
        </div>
        {wanted === 'wrong' && (
          <p class="note note-bad" role="alert">
            That is not the right one.
          </p>
        )}
        <button type="submit" class="button button-main">
          Go on
        </button>
      </form>
    </dialog>
  );
}
