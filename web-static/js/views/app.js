import { html, nothing } from 'lit';
import { Api, connection, data, findDesk, Unreachable } from '../api.js';
import { clock } from '../clock.js';
import { icon } from '../components/icon.js';
import { LightElement } from '../components/light-element.js';
import { Polled } from '../components/polled.js';
import { loading } from '../components/states.js';
import { changes, documentTitle } from '../domain/checks.js';
import { warningOf } from '../domain/data-version.js';
import { favicon } from '../domain/favicon.js';
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
/** @import { Check } from '../domain/check.js' */
/** @import { Notice } from '../components/notice.js' */

const KEY = 'rollcall.api-key';
const CHECKS_EVERY_MS = 3000;
const NOTICE_MS = 5000;
const RETRY_MS = 3000;

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
    notice: { state: true },
    news: { state: true },
    offline: { state: true },
    standing: { state: true },
  };

  /** @type {Check[] | undefined} */
  #before = undefined;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #noticeTimer = undefined;

  constructor() {
    super();
    this.route = routeOf(location.hash);
    /** @type {Api | null} */
    this.api = null;
    /** @type {Desk | null} */
    this.desk = null;
    this.opening = true;
    /** @type {Notice | null} */
    this.notice = null;
    /** Changes of status, to be read out. */
    this.news = '';
    this.offline = connection.lost;
    this.standing = data.standing;
    this.checks = new Polled(this, () => this.#readChecks(), { everyMs: CHECKS_EVERY_MS });
    addEventListener('hashchange', () => this.#arrive());
    connection.addEventListener('change', () => (this.offline = connection.lost));
    data.addEventListener('change', () => this.#learn());
    this.addEventListener('notice', (event) => this.#show(/** @type {CustomEvent<Notice>} */ (event).detail));
    void this.#open();
  }

  async #open() {
    try {
      this.desk = await findDesk();
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      setTimeout(() => void this.#open(), RETRY_MS);
      return;
    }
    const key = this.desk?.key ?? sessionStorage.getItem(KEY);
    this.api = key ? new Api(key) : null;
    this.opening = false;
    await this.checks.refresh();
  }

  /** @returns {Promise<Check[] | undefined>} */
  async #readChecks() {
    if (!this.api) return undefined;
    if (this.desk) clock.set(await this.desk.time());
    const checks = await this.api.checks();
    if (this.#before) this.news = changes(this.#before, checks).join(' ') || this.news;
    this.#before = checks;
    return checks;
  }

  /** An answer may say how new the data is, and not what that means. */
  #learn() {
    this.standing = data.standing;
    if (this.standing && !this.standing.isKnown) void this.api?.schema().catch(() => undefined);
  }

  /** @param {CustomEvent<{ key: string }>} event */
  #connect(event) {
    sessionStorage.setItem(KEY, event.detail.key);
    this.api = new Api(event.detail.key);
    void this.checks.refresh();
  }

  #disconnect() {
    sessionStorage.removeItem(KEY);
    this.#before = undefined;
    this.checks.value = undefined;
    this.api = null;
  }

  #arrive() {
    const before = this.route;
    this.route = routeOf(location.hash);
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
    const down = this.checks.value?.filter(({ status }) => status === 'down').length ?? 0;
    document.title = documentTitle(PAGES[this.route.view], down);
    const tab = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel=icon]'));
    const drawn = favicon(down);
    if (tab && tab.href !== drawn) tab.href = drawn;
  }

  render() {
    return html`<a class="skip" href="#main" @click=${this.#skip}>Skip to content</a>
      ${this.#header()} ${this.offline ? this.#offlineBanner() : nothing} ${this.#dataBanner()}
      <main id="main" tabindex="-1">${this.#view()}</main>
      <div class="visually-hidden" role="status" aria-live="polite" data-testid="news">${this.news}</div>
      <div class="notices" role="status" aria-live="polite">
        ${this.notice ? html`<p class="notice" data-tone=${this.notice.tone}>${icon(this.notice.tone === 'good' ? 'tick' : 'warning')} ${this.notice.text}</p>` : nothing}
      </div>
      ${this.desk ? html`<clock-bar .desk=${this.desk}></clock-bar>` : nothing}`;
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

  #offlineBanner() {
    return html`<p class="banner" role="alert">
      ${icon('warning')} Rollcall does not answer. What you see may be out of date; trying again…
    </p>`;
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
    if (!api) return html`<connect-view @connect=${this.#connect}></connect-view>`;
    switch (route.view) {
      case 'checks':
        return html`<checks-view
          .checks=${this.checks}
          .query=${route.query}
          .revision=${this.checks.value}
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

  #nowhere() {
    return html`<section class="empty">
      <h1>There is nothing here</h1>
      <p class="empty-body">The address may be mistyped, or what it named may be gone.</p>
      <a class="button" href=${hrefOf({ view: 'checks', query: '' })}>All checks</a>
    </section>`;
  }
}

customElements.define('rollcall-app', RollcallApp);
