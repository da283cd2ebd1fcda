import { Button, ButtonLink } from '../ui/button.js';
import { Choice, Menu } from './menu.js';
import { shellText } from './messages.js';
import { bePersona, type Persona, signIn, signOut, who } from './session.js';
import { settings } from './settings.js';

const NOBODY = 'nobody';

/** What the visitor is called. */
export function visitorName(t: ReturnType<typeof shellText>): string {
  const visitor = who.value;
  if (visitor === null) return t.nobody;
  return visitor.persona === null ? t.customer(visitor.userId) : t[visitor.persona];
}

async function choose(chosen: Persona | typeof NOBODY): Promise<void> {
  if (chosen === NOBODY) signOut();
  else await bePersona(chosen);
}

/** Who the visitor is: chosen among personas where the shop is only tried, else signed in and out. */
export function VisitorMenu({ place }: { readonly place: 'shop' | 'control-room' }) {
  const t = shellText();
  const visitor = who.value;
  return (
    <Menu icon="person" label={visitorName(t)}>
      {settings.personas ? (
        <Choice<Persona | typeof NOBODY>
          legend={t.whoAreYou}
          name="persona"
          options={[
            ['kim', t.kim],
            ['lee', t.lee],
            ['operator', t.operator],
            [NOBODY, t.nobody],
          ]}
          look="list"
          chosen={visitor?.persona ?? NOBODY}
          onChoose={(chosen) => {
            choose(chosen).catch(() => {});
          }}
        />
      ) : (
        <Button onClick={visitor === null ? signIn : signOut}>
          {visitor === null ? t.signIn : t.signOut}
        </Button>
      )}
      {place === 'shop' && visitor?.isOperator === true && (
        <ButtonLink href="/admin">{t.toControlRoom}</ButtonLink>
      )}
      {place === 'control-room' && <ButtonLink href="/">{t.toShop}</ButtonLink>}
    </Menu>
  );
}
