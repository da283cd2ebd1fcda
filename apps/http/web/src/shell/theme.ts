import { effect, signal } from '@preact/signals';
import { keep, kept } from './preferences.js';

export type Theme = 'system' | 'light' | 'dark';

/** `system`: as the device has it, also while it changes. */
export const theme = signal<Theme>('system');

export function startTheme(): void {
  const chosen = kept('theme');
  theme.value = chosen === 'light' || chosen === 'dark' ? chosen : 'system';
  effect(() => {
    const { dataset } = document.documentElement;
    if (theme.value === 'system') delete dataset['theme'];
    else dataset['theme'] = theme.value;
  });
}

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen;
  keep('theme', chosen === 'system' ? null : chosen);
}
