import './home.css';
import { RushPanel } from '../../demo/rush-panel.js';
import { Page } from '../../shell/page.js';
import { ButtonLink } from '../../ui/button.js';
import { popularText } from '../popular/messages.js';
import { PopularBoard } from '../popular/popular-board.js';
import { homeText } from './messages.js';
import { RunningCampaigns } from './running-campaigns.js';
import { Shelf } from './shelf.js';

/** The main page: what is popular, what coupons there are, and what there is to buy. */
export function HomePage() {
  const t = homeText();
  return (
    <Page title={t.title}>
      <p class="home-lead">{t.lead}</p>
      <div class="home">
        <div class="home-popular">
          <PopularBoard path="/" />
          <ButtonLink href="/popular">{popularText().all}</ButtonLink>
        </div>
        <aside class="home-aside">
          <RunningCampaigns />
          <RushPanel />
        </aside>
      </div>
      <Shelf />
    </Page>
  );
}
