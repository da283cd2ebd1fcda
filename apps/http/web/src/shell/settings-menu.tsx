import { chooseLanguage, language } from './language.js';
import { Choice, Menu } from './menu.js';
import { shellText } from './messages.js';
import { chooseTheme, theme } from './theme.js';

/** How the pages look and what they speak. */
export function SettingsMenu() {
  const t = shellText();
  return (
    <Menu icon="settings" label={t.settings} labelHidden>
      <Choice
        legend={t.language}
        name="language"
        options={[
          ['ko', '한국어'],
          ['en', 'English'],
        ]}
        chosen={language.value}
        onChoose={chooseLanguage}
      />
      <Choice
        legend={t.theme}
        name="theme"
        options={[
          ['system', t.themeSystem],
          ['light', t.themeLight],
          ['dark', t.themeDark],
        ]}
        chosen={theme.value}
        onChoose={chooseTheme}
      />
    </Menu>
  );
}
