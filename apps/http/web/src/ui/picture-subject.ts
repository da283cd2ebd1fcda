/** What the picture of a product shows. Nobody took photographs: its name and category say what it is. */
export type Subject = 'mouse' | 'keyboard' | 'monitor' | 'webcam' | 'earphones' | 'parcel';

/** What makes one thing of a kind look different from another. */
export interface Features {
  readonly isWireless: boolean;
  readonly isForGames: boolean;
  readonly isUpright: boolean;
  readonly isLight: boolean;
  readonly isMechanical: boolean;
  readonly isPortable: boolean;
}

const SUBJECTS: readonly (readonly [subject: Subject, words: RegExp])[] = [
  ['mouse', /마우스|mouse/i],
  ['keyboard', /키보드|keyboard/i],
  ['monitor', /모니터|monitor|display/i],
  ['webcam', /웹캠|카메라|webcam|camera/i],
  ['earphones', /이어폰|헤드폰|헤드셋|earphone|headphone|earbud/i],
];

/** What a product is; a wrapped parcel where its words do not tell. Its name tells more than its category. */
export function subjectOf(name: string, category = ''): Subject {
  const found =
    SUBJECTS.find(([, words]) => words.test(name)) ??
    SUBJECTS.find(([, words]) => words.test(category));
  return found?.[0] ?? 'parcel';
}

export const featuresOf = (name: string): Features => ({
  isWireless: /무선|블루투스|wireless|bluetooth/i.test(name),
  isForGames: /게이밍|gaming/i.test(name),
  isUpright: /버티컬|vertical/i.test(name),
  isLight: /경량|light/i.test(name),
  isMechanical: /기계식|mechanical/i.test(name),
  isPortable: /휴대|portable/i.test(name),
});

const TINTS = 6;

/** Which of the tints a product has: the same wherever it is shown. */
export const tintOf = (id: number): number => (id * 5) % TINTS;
