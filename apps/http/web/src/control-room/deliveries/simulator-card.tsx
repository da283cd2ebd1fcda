import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { useReading } from '../../api/use-reading.js';
import { language } from '../../shell/language.js';
import { Choice } from '../../shell/menu.js';
import { formatNumber } from '../../ui/format.js';
import { deliveriesText } from './messages.js';

type Behaviour = Schemas['SimulatedPlatform']['behaviour'];

const MOODS = {
  well: { down: false, latencyMs: 0 },
  slow: { down: false, latencyMs: 1_000 },
  down: { down: true, latencyMs: 0 },
} as const satisfies Readonly<Record<string, Partial<Behaviour>>>;
type Mood = keyof typeof MOODS;

const moodOf = ({ down, latencyMs }: Behaviour): Mood =>
  down ? 'down' : latencyMs > 0 ? 'slow' : 'well';

const EVERY_MS = 2_000;

/** Where the shop is only tried, the platform is a simulated one, and may be told to fail. */
export function SimulatorCard() {
  const t = deliveriesText();
  const reading = useReading((options) => api.get('/api/v1/dev/platform', {}, options), [], {
    every: EVERY_MS,
  });
  const { value } = reading;
  // Where a real platform is configured there is none to play with.
  if (value === null) return null;
  const behave = async (mood: Mood): Promise<void> => {
    const answer = await api.patch('/api/v1/dev/platform', { body: MOODS[mood] });
    if (answer.ok) reading.replace(answer.value);
  };
  const number = (count: number): string => formatNumber(count, language.value);
  return (
    <section class="sheet simulator">
      <Choice
        legend={t.simulator}
        name="mood"
        options={(['well', 'slow', 'down'] as const).map((mood) => [mood, t[mood]] as const)}
        chosen={moodOf(value.behaviour)}
        onChoose={(mood) => {
          behave(mood).catch(() => {});
        }}
      />
      <p class="hint">{t.simulatorHelp}</p>
      <p class="hint number">{t.received(number(value.messages), number(value.duplicates))}</p>
    </section>
  );
}
