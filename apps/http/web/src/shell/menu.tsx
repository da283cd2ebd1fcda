import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from '../ui/icon.js';

interface MenuProps {
  readonly icon: IconName;
  /** What the button says; for screen readers alone where `hidden`. */
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly children: ComponentChildren;
}

/** A button with a small panel below it. Escape or a click elsewhere closes it; the focus goes back to the button. */
export function Menu({ icon, label, labelHidden = false, children }: MenuProps) {
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const menu = ref.current;
      if (menu?.open !== true) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return;
        menu.querySelector('summary')?.focus();
      } else if (event.target instanceof Node && menu.contains(event.target)) return;
      menu.open = false;
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
    };
  }, []);
  return (
    <details class="menu" ref={ref}>
      <summary class="icon-button">
        <Icon name={icon} />
        <span class={labelHidden ? 'sr' : 'menu-label'}>{label}</span>
      </summary>
      <div class="menu-panel">{children}</div>
    </details>
  );
}

/** One of several things, of which one holds; real radio buttons underneath. */
export function Choice<Value extends string>({
  legend,
  name,
  options,
  chosen,
  onChoose,
  look = 'bar',
}: {
  readonly legend: string;
  readonly name: string;
  readonly options: readonly (readonly [value: Value, label: string])[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
  /** A bar of few and short ones; `chips`, of which there may be many; a `list` of long ones. */
  readonly look?: 'bar' | 'chips' | 'list';
}) {
  return (
    <fieldset class={`choice choice-${look}`}>
      <legend>{legend}</legend>
      {options.map(([value, label]) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            checked={value === chosen}
            onChange={() => onChoose(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
