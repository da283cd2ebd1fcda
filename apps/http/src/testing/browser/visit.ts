import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Language } from './settings.js';

/** What a token of ours begins with, wherever it stands. */
const TOKEN = /eyJ[\w-]{8,}\.|[Bb]earer /;
/** Chromium's own line about an answer of 400 or more; the answer itself is noted with its code. */
const TOLD_OF_ANSWER = /^Failed to load resource/;
/** How long somebody looks for something before they say that it is not there. */
const PATIENCE_MS = 15_000;
/** Everything that scripts of others could read, were there any. */
const KEPT = 'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])';
/** What a page gives up when it is left. */
const GIVEN_UP = 'net::ERR_ABORTED';

/** Somebody at the pages: one window, and everything noted that should not be. */
export class Visit {
  /** Refusals that the shop answered with, as `400 OUT_OF_STOCK`, in their order. */
  readonly refusals: string[] = [];
  private readonly complaints: string[] = [];
  private readonly reading: Promise<void>[] = [];

  private constructor(
    readonly url: string,
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly language: Language,
  ) {
    page.on('console', (line) => {
      const isBad = line.type() === 'error' || line.type() === 'warning';
      if (isBad && !TOLD_OF_ANSWER.test(line.text())) this.complain(`console: ${line.text()}`);
    });
    page.on('pageerror', (fault) => this.complain(`fault: ${fault.message}`));
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== url) this.complain(`asked ${request.url()}`);
    });
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText;
      if (why !== GIVEN_UP) this.complain(`lost: ${request.url()} ${why}`);
    });
    page.on('response', (response) => {
      if (response.status() < 400) return;
      const noted = response
        .json()
        .then(({ code }: { code: string }) => this.refusals.push(`${response.status()} ${code}`))
        .catch(() => this.complain(`${response.status()} ${response.url()}`))
        .then(() => undefined);
      this.reading.push(noted);
    });
  }

  static async begin(url: string, context: BrowserContext, language: Language): Promise<Visit> {
    context.setDefaultTimeout(PATIENCE_MS);
    return new Visit(url, context, await context.newPage(), language);
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.url + path);
  }

  /** What stands there in the language of the page. */
  say(korean: string, english: string): string {
    return this.language === 'ko' ? korean : english;
  }

  /** Won, as they are written in that language. */
  won(amount: number): string {
    const digits = amount.toLocaleString('en');
    return this.say(`${digits}원`, `₩${digits}`);
  }

  button(korean: string, english: string): Locator {
    return this.page.getByRole('button', { name: this.say(korean, english), exact: true });
  }

  link(korean: string, english: string): Locator {
    return this.page.getByRole('link', { name: this.say(korean, english), exact: true });
  }

  /** Another page of ours, by the menu that stands on all of them. */
  async go(korean: string, english: string): Promise<void> {
    const menu = this.page.getByRole('navigation', { name: this.say('주 메뉴', 'Main') });
    await menu.getByRole('link', { name: this.say(korean, english) }).click();
  }

  /** Somebody else of those whom one may choose to be. */
  async become(korean: string, english: string): Promise<void> {
    const head = this.page.getByRole('banner');
    await head.locator('summary').last().click();
    await head.getByRole('radio', { name: this.say(korean, english), exact: true }).check();
    await this.page.keyboard.press('Escape');
  }

  /** One of several things that are offered side by side. */
  async choose(korean: string, english: string): Promise<void> {
    const main = this.page.getByRole('main');
    await main.getByRole('radio', { name: this.say(korean, english), exact: true }).check();
  }

  /** Waits until it is said in passing. */
  async isTold(korean: string, english: string): Promise<void> {
    const region = this.page.getByRole('region', { name: this.say('알림', 'Notifications') });
    await region.getByText(this.say(korean, english)).waitFor();
  }

  /** Waits until it can be read in the page. */
  async sees(korean: string, english = korean): Promise<void> {
    const main = this.page.getByRole('main');
    await main.getByText(this.say(korean, english)).filter({ visible: true }).first().waitFor();
  }

  async seesMoney(amount: number): Promise<void> {
    await this.sees(this.won(amount));
  }

  /** Everything that should not have been; refusals are looked at by the tests themselves. */
  async faults(): Promise<readonly string[]> {
    await Promise.all(this.reading);
    const kept = String(await this.page.evaluate(KEPT));
    const cookies = await this.context.cookies();
    return [
      ...this.complaints,
      ...(TOKEN.test(kept) ? [`a token is kept: ${kept}`] : []),
      ...cookies.map(({ name }) => `a cookie: ${name}`),
    ];
  }

  /** What the scenario is about is no fault: forgets lines that fit. */
  forgive(expected: RegExp): void {
    const left = this.complaints.filter((line) => !expected.test(line));
    this.complaints.splice(0, Infinity, ...left);
  }

  private complain(line: string): void {
    this.complaints.push(line);
  }
}
