import './picture.css';
import type { ComponentType } from 'preact';
import { type Features, featuresOf, type Subject, subjectOf, tintOf } from './picture-subject.js';

type DrawingProps = Readonly<{ features: Features }>;

const Waves = ({ x, y }: { readonly x: number; readonly y: number }) => (
  <path
    class="mark-line"
    d={`M${x - 6} ${y}a8.500 8.500 0 0 1 12 0M${x - 11} ${y - 5.5}a16 16 0 0 1 22 0`}
  />
);

function Mouse({ features: { isWireless, isForGames, isUpright, isLight } }: DrawingProps) {
  if (isUpright) {
    return (
      <>
        <path d="M20 80h56" />
        <g transform="rotate(24 48 50)">
          <path
            class="body"
            d="M46 16c-13 0-19 9-19 22v18c0 14 7 21 19 21s21-7 21-21V38c0-13-8-22-21-22z"
          />
          <path d="M47 16v29h20" />
          <rect class="mark" x="54" y="24" width="7" height="13" rx="3.5" />
          <path class="mark-line" d="M34 46c-2 6-2 12 1 18" />
        </g>
      </>
    );
  }
  return (
    <>
      {isWireless ? <Waves x={48} y={19} /> : <path d="M48 22c0-8 6-6 6-12" />}
      {isForGames ? (
        <>
          <path class="body" d="M48 24l15 5c5 8 8 18 6 28l-7 19-14 6-14-6-7-19c-2-10 1-20 6-28z" />
          <path d="M27 55l10-4 3-22M69 55l-10-4-3-22M48 45v4" />
          <path class="mark" d="M44 30h8v14l-4 4-4-4zM38 66l10 5 10-5-3 9-7 3-7-3z" />
        </>
      ) : (
        <>
          <path
            class="body"
            d="M48 24c-14 0-21 9-21 24v10c0 15 7 24 21 24s21-9 21-24V48c0-15-7-24-21-24z"
          />
          <path d="M27 49h42M48 24v8M48 43v6" />
          <rect class="mark" x="44.500" y="31" width="7" height="13" rx="3.500" />
        </>
      )}
      {isLight && (
        <g class="solid">
          {[40, 48, 56].map((x) => (
            <circle key={x} cx={x} cy="60" r="2.200" />
          ))}
          {[44, 52].map((x) => (
            <circle key={x} cx={x} cy="54" r="2.200" />
          ))}
        </g>
      )}
    </>
  );
}

const KEY_ROWS = [
  [20, 29, 38, 47, 56, 65],
  [24, 33, 42, 51, 60],
];

function Keyboard({ features: { isWireless, isMechanical } }: DrawingProps) {
  const height = isMechanical ? 7 : 5;
  return (
    <>
      {isWireless ? <Waves x={48} y={26} /> : <path d="M48 34c0-9 8-6 8-16" />}
      <rect class="body" x="12" y="34" width="72" height="38" rx={isMechanical ? 3 : 8} />
      {isMechanical && <path d="M12 72l4 7h64l4-7" />}
      <g class="solid">
        {KEY_ROWS.map((row, at) =>
          row.map((x) => (
            <rect
              key={`${at} ${x}`}
              x={x}
              y={41 + at * 9.5}
              width="6.500"
              height={height}
              rx="1.500"
            />
          )),
        )}
      </g>
      <rect class="mark" x="32" y="61" width="32" height={height} rx="2" />
      <rect class="mark" x="74" y="41" width="4.500" height={height} rx="1.500" />
    </>
  );
}

/** On its screen stand two hills and the sun, as on an old folding screen. */
function Monitor({ features: { isPortable } }: DrawingProps) {
  return (
    <>
      {isPortable ? <path d="M66 66l12 14H30M20 70l-6 10h16" /> : <path d="M48 66v12M32 80h32" />}
      <rect class="body" x="14" y="20" width="68" height="46" rx="5" />
      <circle class="mark" cx="61" cy="34" r="6.500" />
      <path class="solid" d="M19 61l16-22 9 11 7-7 26 18z" />
    </>
  );
}

function Webcam() {
  return (
    <>
      <path d="M48 64v8M30 82c0-7 8-10 18-10s18 3 18 10z" />
      <circle class="body" cx="48" cy="41" r="24" />
      <circle class="solid" cx="48" cy="41" r="14" />
      <circle class="mark" cx="48" cy="41" r="7.500" />
      <circle class="body" cx="51" cy="38" r="1.500" stroke="none" />
    </>
  );
}

function Earphones({ features: { isWireless } }: DrawingProps) {
  if (isWireless) {
    return (
      <>
        <path
          class="body"
          d="M40 54V35c0-7-4-11-9-11s-9 5-9 11 5 10 11 10v9c0 4 7 4 7 0zM56 54V35c0-7 4-11 9-11s9 5 9 11-5 10-11 10v9c0 4-7 4-7 0z"
        />
        <rect class="body" x="24" y="60" width="48" height="20" rx="10" />
        <path d="M24 69h48" class="thin" />
        <circle class="mark" cx="48" cy="74" r="2.500" />
        <circle class="mark" cx="31" cy="34" r="4.500" />
        <circle class="mark" cx="65" cy="34" r="4.500" />
      </>
    );
  }
  return (
    <>
      <path d="M33 40c0 22 15 18 15 32M63 40c0 22-15 18-15 32M48 72v12" />
      <path
        class="body"
        d="M40 30c0 8-4 12-10 12s-10-5-10-11 4-10 10-10 10 3 10 9zM56 30c0 8 4 12 10 12s10-5 10-11-4-10-10-10-10 3-10 9z"
      />
      <circle class="mark" cx="29" cy="31" r="4.500" />
      <circle class="mark" cx="67" cy="31" r="4.500" />
      <rect class="mark" x="44.500" y="66" width="7" height="10" rx="3" />
    </>
  );
}

/** Whatever else it is, it comes wrapped in a cloth with a knot. */
function Parcel() {
  return (
    <>
      <path class="body" d="M20 46h56v28a6 6 0 0 1-6 6H26a6 6 0 0 1-6-6z" />
      <path d="M20 46l28 34 28-34" class="thin" />
      <path
        class="mark"
        d="M48 46c-6-4-18-14-22-22 10-2 19 6 22 16 3-10 12-18 22-16-4 8-16 18-22 22z"
      />
      <path
        d="M48 46c-6-4-18-14-22-22 10-2 19 6 22 16 3-10 12-18 22-16-4 8-16 18-22 22z"
        class="thin"
      />
    </>
  );
}

const DRAWINGS: Readonly<Record<Subject, ComponentType<DrawingProps>>> = {
  mouse: Mouse,
  keyboard: Keyboard,
  monitor: Monitor,
  webcam: Webcam,
  earphones: Earphones,
  parcel: Parcel,
};

interface PictureProps {
  readonly id: number;
  readonly name: string;
  readonly category?: string;
}

/** A drawing of a product, beside its name; it is not read aloud. */
export function Picture({ id, name, category = '' }: PictureProps) {
  const Drawing = DRAWINGS[subjectOf(name, category)];
  return (
    <svg class={`picture tint-${tintOf(id)}`} viewBox="0 0 96 96" aria-hidden="true">
      <Drawing features={featuresOf(name)} />
    </svg>
  );
}
