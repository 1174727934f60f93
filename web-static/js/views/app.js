import { html, nothing } from 'lit';
import { Api, data, findDesk } from '../api.js';
import { clock } from '../clock.js';
import '../components/doubt-strip.js';
import { icon } from '../components/icon.js';
import { LightElement } from '../components/light-element.js';
import { Polled, readings, refreshAll } from '../components/polled.js';
import { loading } from '../components/states.js';
import { changes, documentTitle } from '../domain/checks.js';
import { warningOf } from '../domain/data-version.js';
import { favicon } from '../domain/favicon.js';
import { worstOf } from '../domain/reading.js';
import { hrefOf, routeOf } from '../domain/route.js';
import './api-view.js';
import './check-form.js';
import './check-view.js';
import './checks-view.js';
import './clock-bar.js';
import './connect-view.js';
import './data-view.js';
import './integrations-view.js';
import './outbox-view.js';

/** @import { Desk } from '../api.js' */
/** @import { Checks } from '../domain/answer.js' */
/** @import { Notice } from '../components/notice.js' */
/** @import { Doubt } from '../domain/reading.js' */

const KEY = 'rollcall.api-key';
const NOTICE_MS = 5000;

/** @type {Record<import('../domain/route.js').Route['view'], string>} */
const PAGES = {
  checks: 'Checks',
  'new-check': 'New check',
  check: 'Check',
  'edit-check': 'Edit check',
  integrations: 'Integrations',
  outbox: 'Outbox',
  data: 'Data version',
  api: 'API',
  nowhere: 'Not found',
};

/** The whole dashboard: who is signed in, where they are, and what they must hear wherever they are. */
class RollcallApp extends LightElement {
  static properties = {
    route: { state: true },
    api: { state: true },
    desk: { state: true },
    opening: { state: true },
    entering: { state: true },
    notice: { state: true },
    news: { state: true },
    doubt: { state: true },
    standing: { state: true },
  };

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #noticeTimer = undefined;
  /** The refusal of the desk's key for which another was asked. @type {unknown} */
  #answered = undefined;

  constructor() {
    super();
    this.route = routeOf(location.hash);
    /** @type {Api | null} */
    this.api = null;
    /** @type {Desk | null} */
    this.desk = null;
    this.opening = true;
    /** Whether somebody wants to enter another key. */
    this.entering = false;
    /** @type {Notice | null} */
    this.notice = null;
    /** Changes of status, to be read out. */
    this.news = '';
    /** That what is shown may no longer be so. @type {Doubt | null} */
    this.doubt = null;
    this.standing = data.standing;
    this.session = new Polled(this, {
      who: () => [],
      read: (_, until) => findDesk(until),
      heard: (desk) => this.#open(desk),
      once: true,
    });
    this.checks = new Polled(this, {
      who: () => this.api && /** @type {const} */ ([this.api, this.desk]),
      read: ([api, desk], until) => this.#readChecks(api.until(until), desk?.until(until)),
      heard: ({ checks, now }, before) => {
        if (now !== undefined) clock.set(now);
        if (before) this.news = changes(before.checks, checks).join(' ') || this.news;
      },
    });
    addEventListener('hashchange', () => this.#arrive());
    readings.addEventListener('change', () => this.#weigh());
    data.addEventListener('change', () => this.#learn());
    addEventListener('notice', (event) => this.#show(/** @type {CustomEvent<Notice>} */ (event).detail));
  }

  /** @param {Desk | null} desk */
  #open(desk) {
    this.opening = false;
    const key = desk?.key ?? sessionStorage.getItem(KEY);
    if (!desk || desk.key !== this.desk?.key) this.#signIn(key, desk);
  }

  /** @param {string | null} key @param {Desk | null} desk */
  #signIn(key, desk) {
    this.desk = desk;
    this.api = key ? new Api(key) : null;
    this.entering = false;
  }

  /**
   * @param {Api} api
   * @param {Desk | undefined} desk
   * @returns {Promise<Checks & { now: number | undefined }>} with the desk's time, if there is one
   */
  async #readChecks(api, desk) {
    return { ...(await api.checks()), now: await desk?.time() };
  }

  #weigh() {
    const ground = this.opening ? this.session : this.checks;
    const others = readings.all.filter((polled) => polled !== this.session && polled !== this.checks);
    const doubt = worstOf(
      ground.doubt,
      others.map((polled) => polled.doubt),
    );
    if (doubt?.cause !== this.doubt?.cause || doubt?.at !== this.doubt?.at) this.doubt = doubt;
    // A desk that was started anew has another project, and another key.
    const { trouble } = this.checks.reading;
    if (this.desk && trouble?.cause.kind === 'key' && trouble !== this.#answered) {
      this.#answered = trouble;
      void this.session.refresh();
    }
  }

  /** An answer may say how new the data is, and not what that means. */
  #learn() {
    this.standing = data.standing;
    if (this.standing && !this.standing.isKnown) void this.api?.schema().catch(() => undefined);
  }

  /** @param {CustomEvent<{ key: string }>} event */
  #connect(event) {
    sessionStorage.setItem(KEY, event.detail.key);
    this.#signIn(event.detail.key, null);
  }

  #disconnect() {
    sessionStorage.removeItem(KEY);
    this.#signIn(null, null);
  }

  #arrive() {
    const before = this.route;
    this.route = routeOf(location.hash);
    this.entering = false;
    if (before.view === this.route.view && 'query' in this.route) return;
    scrollTo(0, 0);
    void this.updateComplete.then(() => this.querySelector('main')?.focus({ preventScroll: true }));
  }

  /** @param {Notice} notice */
  #show(notice) {
    this.notice = notice;
    clearTimeout(this.#noticeTimer);
    this.#noticeTimer = setTimeout(() => (this.notice = null), NOTICE_MS);
  }

  updated() {
    const known = this.checks.isDoubtful ? undefined : this.checks.value;
    const down = known?.checks.filter(({ status }) => status === 'down').length ?? null;
    const isPartly = known !== undefined && known.unreadable.length > 0;
    // Where nobody is signed in there is nothing to know.
    const standing = { down: this.api ? down : 0, isDoubtful: this.doubt !== null || isPartly };
    document.title = documentTitle(this.#page(), standing);
    const tab = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel=icon]'));
    const drawn = favicon(isPartly && down === 0 ? null : down);
    if (tab && tab.href !== drawn) tab.href = drawn;
  }

  render() {
    return html`<a class="skip" href="#main" @click=${this.#skip}>Skip to content</a>
      ${this.#header()}
      <doubt-strip
        .doubt=${this.doubt}
        .asksForKey=${this.desk === null}
        @retry=${() => void refreshAll()}
        @key=${() => (this.entering = true)}
      ></doubt-strip>
      ${this.#dataBanner()}
      <main id="main" tabindex="-1">${this.#view()}</main>
      <div class="visually-hidden" role="status" aria-live="polite" data-testid="news">${this.news}</div>
      <div class="notices" role="status" aria-live="polite">
        ${this.notice ? html`<p class="notice" data-tone=${this.notice.tone}>${icon(this.notice.tone === 'good' ? 'tick' : 'warning')} ${this.notice.text}</p>` : nothing}
      </div>
      ${this.desk ? html`<clock-bar .desk=${this.desk}></clock-bar>` : nothing}`;
  }

  #page() {
    const asksForKey = this.route.view !== 'api' && !this.opening && (!this.api || this.#isLockedOut());
    return asksForKey ? 'Connect' : PAGES[this.route.view];
  }

  /** A fragment is a place in the dashboard, so the skip link moves the focus itself. @param {Event} event */
  #skip(event) {
    event.preventDefault();
    this.querySelector('main')?.focus();
  }

  #header() {
    return html`<header class="masthead">
      <a class="brand" href=${hrefOf({ view: 'checks', query: '' })} aria-label="Rollcall, all checks">
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <rect class="mark-ground" width="24" height="24" rx="6" />
          <path class="mark-lines" d="M6 7.5h5M6 12h5M6 16.5h5" />
          <path class="mark-tick" d="M13.5 12.2l2 2 3.5-4.4" />
        </svg>
        <span class="wordmark">Rollcall</span>
      </a>
      <nav aria-label="Main">
        ${
          this.api
            ? html`${this.#navLink('Checks', { view: 'checks', query: '' }, ['checks', 'check', 'edit-check', 'new-check'])}
              ${this.#navLink('Integrations', { view: 'integrations' }, ['integrations'])}`
            : nothing
        }
        ${this.desk ? this.#navLink('Outbox', { view: 'outbox' }, ['outbox']) : nothing}
        ${this.api ? this.#navLink('Data', { view: 'data' }, ['data']) : nothing}
        ${this.#navLink('API', { view: 'api', query: '' }, ['api'])}
      </nav>
      <span class="masthead-end">
        ${this.desk ? html`<span class="project">${this.desk.project.name}</span>` : nothing}
        ${this.api && !this.desk ? html`<button type="button" class="button" data-size="small" @click=${this.#disconnect}>Disconnect</button>` : nothing}
      </span>
    </header>`;
  }

  /**
   * @param {string} title
   * @param {import('../domain/route.js').Route} route
   * @param {string[]} views that belong to it
   */
  #navLink(title, route, views) {
    return html`<a href=${hrefOf(route)} aria-current=${views.includes(this.route.view) ? 'page' : nothing}
      >${title}</a
    >`;
  }

  #dataBanner() {
    const { standing } = this;
    if (!standing?.isKnown) return nothing;
    return html`<p class="banner" role="status" data-tone=${standing.fit === 'normal' ? 'calm' : 'warning'}>
      ${icon('warning')} <span>${warningOf(standing)} <a href=${hrefOf({ view: 'data' })}>Data version</a></span>
    </p>`;
  }

  #view() {
    if (this.opening) return loading('Rollcall');
    const { api, desk, route } = this;
    if (route.view === 'api') return html`<api-view .query=${route.query}></api-view>`;
    if (!api || this.#isLockedOut()) return html`<connect-view @connect=${this.#connect}></connect-view>`;
    switch (route.view) {
      case 'checks':
        return html`<checks-view
          .polled=${this.checks}
          .checks=${this.checks.value?.checks}
          .unreadable=${this.checks.value?.unreadable}
          .cause=${this.checks.value ? undefined : this.checks.cause}
          .query=${route.query}
          ?data-dated=${this.checks.isDated}
        ></checks-view>`;
      case 'new-check':
        return html`<check-form .api=${api} .checkId=${null}></check-form>`;
      case 'check':
        return html`<check-view .api=${api} .checkId=${route.id}></check-view>`;
      case 'edit-check':
        return html`<check-form .api=${api} .checkId=${route.id}></check-form>`;
      case 'integrations':
        return html`<integrations-view .api=${api}></integrations-view>`;
      case 'outbox':
        return desk ? html`<outbox-view .desk=${desk}></outbox-view>` : this.#nowhere();
      case 'data':
        return html`<data-view .api=${api}></data-view>`;
      case 'nowhere':
        return this.#nowhere();
    }
  }

  /** Whether only another key helps, or somebody wants to enter one. */
  #isLockedOut() {
    const { value, cause } = this.checks;
    return this.entering || (this.desk === null && value === undefined && cause?.kind === 'key');
  }

  #nowhere() {
    return html`<section class="empty">
      <h1>There is nothing here</h1>
      <p class="empty-body">The address may be mistyped, or what it named may be gone.</p>
      <a class="button" href=${hrefOf({ view: 'checks', query: '' })}>All checks</a>
    </section>`;
  }
}

customElements.define('rollcall-app', RollcallApp);
