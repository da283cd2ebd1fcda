import { useId, useState } from 'preact/hooks';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { shellText } from './messages.js';
import { bePersona, isAskingWho, type Persona, PERSONAS, takeToken } from './session.js';
import { settings } from './settings.js';

/** Asks the visitor who they are, where no identity service is known to the pages. */
export function SignInDialog() {
  const t = shellText();
  if (!isAskingWho.value) return null;
  const close = () => {
    isAskingWho.value = false;
  };
  return (
    <Dialog title={t.signIn} onClose={close}>
      {settings.personas ? <PersonaButtons onDone={close} /> : <TokenForm onDone={close} />}
    </Dialog>
  );
}

interface FormProps {
  readonly onDone: () => void;
}

function PersonaButtons({ onDone }: FormProps) {
  const t = shellText();
  const choose = async (persona: Persona): Promise<void> => {
    if (await bePersona(persona)) onDone();
  };
  return (
    <div class="stack">
      <p>{t.whoWillYouBe}</p>
      <div class="row">
        {(Object.keys(PERSONAS) as Persona[]).map((persona) => (
          <Button
            key={persona}
            onClick={() => {
              choose(persona).catch(() => {});
            }}
          >
            {t[persona]}
          </Button>
        ))}
      </div>
    </div>
  );
}

function TokenForm({ onDone }: FormProps) {
  const t = shellText();
  const [brought, setBrought] = useState('');
  const [isWrong, setWrong] = useState(false);
  const id = useId();
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (takeToken(brought)) onDone();
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
      <p id={`${id}-help`} class={isWrong ? 'wrong' : 'hint'} role={isWrong ? 'alert' : undefined}>
        {isWrong ? t.tokenWrong : t.tokenHelp}
      </p>
      <Button look="main" type="submit">
        {t.use}
      </Button>
    </form>
  );
}
