import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { goTo } from '../address.js';
import { clock } from '../clock.js';
import '../components/code-snippets.js';
import { confirmIn } from '../components/confirm-dialog.js';
import '../components/copy-button.js';
import { icon } from '../components/icon.js';
import { attempt } from '../components/notice.js';
import '../components/period-gauge.js';
import { Polled, refreshAll } from '../components/polled.js';
import { failed, loading, without } from '../components/states.js';
import { status } from '../components/status.js';
import { TickingElement } from '../components/ticking-element.js';
import { isOfWhatWasAsked } from '../domain/cause.js';
import { nameOf } from '../domain/channel.js';
import { idOf, isEditable, progressOf, tagsOf, titleOf } from '../domain/check.js';
import { lastFall, reasonOf } from '../domain/log.js';
import { inWords, roughly, runTime } from '../domain/duration.js';
import { hrefOf } from '../domain/route.js';
import { inWordsLong } from '../domain/schedule.js';
import { brief, full } from '../domain/time.js';
import './check-log.js';

/** @import { Api } from '../api.js' */
/** @import { Check } from '../domain/check.js' */
/** @import { Channel } from '../domain/channel.js' */
/** @import { LogEvent } from '../domain/log.js' */

/**
 * A check with its log and whom it may tell; or under which id it is to be had.
 *
 * @typedef {{ check: Check, events: LogEvent[], channels: Channel[] } | { movedTo: string }} Found
 */

/** One check: how it stands, how to ping it, and what happened. */
class CheckView extends TickingElement {
  static properties = { api: { attribute: false }, checkId: { attribute: false } };

  constructor() {
    super();
    /** @type {Api | undefined} */
    this.api = undefined;
    this.checkId = '';
    this.state = new Polled(this, {
      who: () => (this.api ? /** @type {const} */ ([this.api, this.checkId]) : null),
      read: ([api, id], until) => this.#read(api.until(until), id),
      // Only if somebody still looks at it: whoever went on must not be called back.
      heard: (found) => {
        if ('movedTo' in found) location.replace(hrefOf({ view: 'check', id: found.movedTo }));
      },
    });
  }

  /** @param {Api} api @param {string} id @returns {Promise<Found>} */
  async #read(api, id) {
    const check = await api.check(id);
    if (!isEditable(check)) return { check, events: [], channels: [] };
    // Mails name a check by its unique key, which cannot ping it.
    if (idOf(check) !== id) return { movedTo: idOf(check) };
    const [events, { channels }] = await Promise.all([api.events(id), api.channels()]);
    return { check, events, channels };
  }

  /** @param {Check} check */
  async #switch(check) {
    const action = check.status === 'paused' ? 'resume' : 'pause';
    await attempt(
      this,
      async () => this.api?.switchCheck(this.checkId, action),
      action === 'pause' ? 'Paused.' : 'Resumed. It waits for the next ping.',
    );
    await refreshAll();
  }

  /** @param {Check} check */
  async #delete(check) {
    const { checkId } = this;
    if (!(await confirmIn(this))) return;
    if (await attempt(this, async () => this.api?.deleteCheck(checkId), `${titleOf(check)} is deleted.`)) {
      if (!this.isConnected || checkId !== this.checkId) return;
      // When this view has left: it would ask for a check that is no more.
      addEventListener('hashchange', () => void refreshAll(), { once: true });
      goTo(hrefOf({ view: 'checks', query: '' }));
    }
  }

  render() {
    const { value, cause } = this.state;
    // It is gone, or was never for this key: what is known of it is of no more use.
    if (cause && isOfWhatWasAsked(cause) && cause.kind !== 'key') return failed(cause, () => this.state.refresh());
    if (!value) return without(this.state, 'the check', 5);
    if ('movedTo' in value) return loading('the check', 5);
    const { check, events, channels } = value;
    return html`
      ${this.#head(check)} ${this.#standing(check, events)}
      <div class="check-columns">
        ${check.ping_url ? this.#howToPing(check, check.ping_url) : nothing}
        <div class="happenings">
          ${
            isEditable(check)
              ? keyed(
                  this.checkId,
                  html`<check-log .api=${this.api} .checkId=${this.checkId} .events=${events}></check-log>`,
                )
              : html`<section class="card">
                  <h2>Log</h2>
                  <p class="hint">The log can be read with a read-write key.</p>
                </section>`
          }
        </div>
        ${this.#facts(check, channels)}
      </div>
      <confirm-dialog
        .heading=${`Delete ${titleOf(check)}?`}
        .body=${'Its log goes with it, and its ping URL stops working. This cannot be undone.'}
        .verb=${'Delete check'}
      ></confirm-dialog>
    `;
  }

  /** @param {Check} check */
  #head(check) {
    const paused = check.status === 'paused';
    return html`<div class="page-head">
      <div>
        <a class="back" href=${hrefOf({ view: 'checks', query: '' })}>${icon('back')} Checks</a>
        <h1>${titleOf(check)} ${tagsOf(check).map((tag) => html`<span class="tag">${tag}</span>`)}</h1>
        ${check.desc ? html`<p class="description">${check.desc}</p>` : nothing}
      </div>
      ${
        isEditable(check)
          ? html`<div class="actions">
              <a class="button" href=${hrefOf({ view: 'edit-check', id: this.checkId })}>${icon('edit')} Edit</a>
              <button type="button" class="button" @click=${() => this.#switch(check)}>
                ${icon(paused ? 'play' : 'pause')} ${paused ? 'Resume' : 'Pause'}
              </button>
              <button type="button" class="button" data-tone="danger-quiet" @click=${() => this.#delete(check)}>
                ${icon('trash')} Delete
              </button>
            </div>`
          : nothing
      }
    </div>`;
  }

  /** @param {Check} check @param {LogEvent[]} events */
  #standing(check, events) {
    const now = clock.now();
    const progress = progressOf(check, now);
    return html`<section class="standing card" data-condition=${check.status} aria-label="Status">
      <div class="standing-head">
        ${status(check)}
        <p class="standing-words">${this.#expectation(check, events, now)}</p>
      </div>
      ${
        progress
          ? html`<period-gauge .check=${check}></period-gauge>
              <dl class="milestones">
                <div>
                  <dt>${check.started ? 'Started' : 'Last ping'}</dt>
                  <dd title=${full(progress.from)}>${brief(progress.from, now)}</dd>
                </div>
                ${
                  check.started
                    ? nothing
                    : html`<div>
                        <dt>Expected</dt>
                        <dd title=${full(progress.expected)}>${brief(progress.expected, now)}</dd>
                      </div>`
                }
                <div>
                  <dt>Goes down</dt>
                  <dd title=${full(progress.deadline)}>${brief(progress.deadline, now)}</dd>
                </div>
              </dl>`
          : nothing
      }
    </section>`;
  }

  /** @param {Check} check @param {LogEvent[]} events @param {number} now */
  #expectation(check, events, now) {
    const progress = progressOf(check, now);
    if (check.status === 'paused')
      return check.manual_resume
        ? 'Pings are ignored until you resume it.'
        : 'Nothing is expected. A ping wakes it up.';
    if (progress) {
      const left = (progress.deadline - now) / 1000;
      if (left <= 0) return 'Its time is up; it goes down with the next sweep.';
      if (check.started) return `A run is under way. It must end within ${roughly(left)}.`;
      if (check.status === 'grace') return `The ping is overdue. It goes down in ${roughly(left)}.`;
      return `Next ping expected in ${roughly((progress.expected - now) / 1000)}.`;
    }
    if (check.status === 'new') return 'Waiting for the first ping.';
    if (check.status === 'down') return this.#fall(events, now);
    return 'No further ping is expected.';
  }

  /** @param {LogEvent[]} events @param {number} now */
  #fall(events, now) {
    const flip = lastFall(events);
    if (!flip) return 'The next successful ping brings it back up.';
    const since = Date.parse(flip.at);
    const reason = reasonOf(flip);
    return `For ${roughly((now - since) / 1000)}, since ${brief(since, now)}${reason ? `: ${reason}` : ''}.`;
  }

  /** @param {Check} check @param {string} url */
  #howToPing(check, url) {
    return html`<section class="card" aria-labelledby="how-to-ping">
      <h2 id="how-to-ping">Ping URL</h2>
      ${this.#address(url, 'ping URL')}
      ${
        check.ping_email
          ? html`<h3>Ping by mail</h3>
              ${this.#address(check.ping_email, 'ping address')}`
          : nothing
      }
      <details class="usage" ?open=${check.n_pings === 0}>
        <summary>How to ping it from a job</summary>
        <code-snippets .url=${url}></code-snippets>
      </details>
    </section>`;
  }

  /** @param {string} text @param {string} label what it is */
  #address(text, label) {
    return html`<div class="ping-address"><code>${text}</code><copy-button .text=${text} .label=${label}></copy-button></div>`;
  }

  /** @param {Check} check @param {Channel[]} channels */
  #facts(check, channels) {
    const assigned = new Set((check.channels ?? '').split(','));
    const told = channels.filter(({ id }) => assigned.has(id));
    return html`<section class="card" aria-labelledby="facts">
      <h2 id="facts">Details</h2>
      <dl class="facts">
        <div>
          <dt>Schedule</dt>
          <dd>${inWordsLong(check)}</dd>
        </div>
        ${
          check.schedule
            ? html`<div>
                <dt>Expression</dt>
                <dd><code>${check.schedule}</code></dd>
              </div>`
            : nothing
        }
        <div>
          <dt>Last ping</dt>
          <dd>${check.last_ping ? html`<relative-time .at=${check.last_ping}></relative-time>` : 'never'}</dd>
        </div>
        <div>
          <dt>Pings</dt>
          <dd>${check.n_pings.toLocaleString('en')}</dd>
        </div>
        ${
          check.last_duration === undefined
            ? nothing
            : html`<div>
                <dt>Last run took</dt>
                <dd>${runTime(check.last_duration)}</dd>
              </div>`
        }
        <div>
          <dt>Grace time</dt>
          <dd>${inWords(check.grace)}</dd>
        </div>
        ${
          check.slug
            ? html`<div>
                <dt>Slug</dt>
                <dd><code>${check.slug}</code></dd>
              </div>`
            : nothing
        }
        ${
          isEditable(check)
            ? html`<div>
                <dt>Tells</dt>
                <dd>
                  ${told.length > 0 ? told.map((channel) => nameOf(channel)).join(', ') : html`<span class="warn">${icon('warning')} nobody</span>`}
                </dd>
              </div>`
            : nothing
        }
      </dl>
    </section>`;
  }
}

customElements.define('check-view', CheckView);
