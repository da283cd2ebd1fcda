import { useId, useState } from 'preact/hooks';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { shellText } from './messages.js';
import { isAskingForToken, takeToken } from './session.js';

/** Asks the visitor for a token, where no identity service is known to the pages. */
export function TokenDialog() {
  return isAskingForToken.value ? <TokenForm /> : null;
}

function TokenForm() {
  const t = shellText();
  const [brought, setBrought] = useState('');
  const [isWrong, setWrong] = useState(false);
  const id = useId();
  const close = () => {
    isAskingForToken.value = false;
  };
  return (
    <Dialog title={t.signIn} onClose={close}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (takeToken(brought)) close();
          else setWrong(true);
        }}
      >
        <label for={id}>{t.token}</label>
        <input
          id={id}
          type="password"
          autocomplete="off"
          spellcheck={false}
          required
          value={brought}
          aria-describedby={`${id}-help`}
          aria-invalid={isWrong}
          onInput={({ currentTarget }) => {
            setBrought(currentTarget.value);
            setWrong(false);
          }}
        />
        <p
          id={`${id}-help`}
          class={isWrong ? 'wrong' : 'hint'}
          role={isWrong ? 'alert' : undefined}
        >
          {isWrong ? t.tokenWrong : t.tokenHelp}
        </p>
        <Button look="main" type="submit">
          {t.use}
        </Button>
      </form>
    </Dialog>
  );
}
