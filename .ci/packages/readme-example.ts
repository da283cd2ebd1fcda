const FENCED = /^```ts\n(?<code>.*?)^```$/gms;
const SECTION = /^## Place an order and pay for it$(?<section>.*?)^## /ms;

/** The worked example of the domain's README: the code of its section, from top to bottom, as one program. */
export function exampleOf(readme: string): string {
  const section = SECTION.exec(readme)?.groups?.['section'];
  const code = [...(section ?? '').matchAll(FENCED)].map(({ groups }) => groups?.['code'] ?? '');
  if (code.length === 0) throw new Error('the README has no worked example');
  return code.join('\n');
}
