import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../components/icon.js';
import { LightElement } from '../components/light-element.js';
import { segments } from '../components/segments.js';
import { runTime } from '../domain/duration.js';
import { byDay, FACETS, headingOf, keyOf, reasonOf, recipientOf } from '../domain/log.js';
import { clockTime, full } from '../domain/time.js';

/** @import { Api } from '../api.js' */
/** @import { FlipEvent, LogEvent, NotificationEvent, PingEvent } from '../domain/log.js' */
/** @import { IconName } from '../components/icon.js' */

/** @type {Record<PingEvent['kind'], IconName>} */
const PING_ICONS = {
  success: 'up',
  fail: 'down',
  start: 'started',
  log: 'log',
  ign: 'ignored',
  unknown: 'new',
};

/** What happened to a check, newest first. A ping's body, and what a mail says, is read when it is asked for. */
class CheckLog extends LightElement {
  static properties = {
    api: { attribute: false },
    checkId: { attribute: false },
    events: { attribute: false },
    facet: { state: true },
    bodies: { state: true },
  };

  constructor() {
    super();
    /** @type {Api | undefined} */
    this.api = undefined;
    this.checkId = '';
    /** @type {LogEvent[]} */
    this.events = [];
    /** @type {import('../domain/log.js').Facet} */
    this.facet = 'all';
    /** What was read so far, by its kind and the number of its ping. @type {ReadonlyMap<string, string>} */
    this.bodies = new Map();
  }

  /** @param {PingEvent} ping @param {'body' | 'text'} kind @param {Event} event */
  async #read(ping, kind, event) {
    const opened = /** @type {HTMLDetailsElement} */ (event.target).open;
    const key = `${kind} ${ping.n}`;
    if (!opened || this.bodies.has(key) || !this.api) return;
    /** @type {string} */
    let body;
    try {
      body = await this.api[kind](this.checkId, ping.n);
    } catch (error) {
      body = `(${/** @type {Error} */ (error).message})`;
    }
    this.bodies = new Map(this.bodies).set(key, body);
  }

  render() {
    const days = byDay(this.events, this.facet);
    return html`<section class="log card" aria-labelledby="log-heading">
      <div class="log-head">
        <h2 id="log-heading">Log</h2>
        ${segments({ name: 'facet', legend: 'Show in the log', choices: FACETS, chosen: this.facet, onchoose: (facet) => (this.facet = facet) })}
      </div>
      ${
        days.length === 0
          ? html`<p class="log-empty">
              ${this.events.length === 0 ? 'Nothing has happened yet. The first ping will show up here.' : 'Nothing of this kind.'}
            </p>`
          : days.map(
              (day) =>
                html`<h3 class="log-day">${day.day}</h3>
                  <ol class="log-entries">
                    ${repeat(day.events, keyOf, (event) => this.#entry(event))}
                  </ol>`,
            )
      }
    </section>`;
  }

  /** @param {LogEvent} event */
  #entry(event) {
    const { word, tone } = headingOf(event);
    return html`<li class="entry" data-type=${event.type} data-tone=${tone}>
      <time class="entry-time" datetime=${event.at} title=${full(Date.parse(event.at))}
        >${clockTime(Date.parse(event.at))}</time
      >
      <span class="entry-heading">${icon(this.#icon(event))}<span>${word}</span></span>
      <div class="entry-details">${this.#details(event)}</div>
    </li>`;
  }

  /** @param {LogEvent} event @returns {IconName} */
  #icon(event) {
    switch (event.type) {
      case 'ping':
        return PING_ICONS[event.kind];
      case 'flip':
        return 'flip';
      case 'notification':
        return event.kind === 'email' ? 'mail' : 'bell';
    }
  }

  /** @param {LogEvent} event */
  #details(event) {
    switch (event.type) {
      case 'ping':
        return this.#ping(event);
      case 'flip':
        return this.#flip(event);
      case 'notification':
        return this.#notification(event);
    }
  }

  /** @param {PingEvent} ping */
  #ping(ping) {
    return html`<span class="entry-number">#${ping.n}</span>
      ${ping.duration == null ? nothing : html`<span class="entry-duration">took ${runTime(ping.duration)}</span>`}
      <span
        >${ping.scheme === 'email' ? 'e-mail' : `${ping.scheme.toUpperCase()} ${ping.method}`}${ping.remote_addr ? ` from ${ping.remote_addr}` : ''}</span
      >
      ${ping.ua ? html`<span class="entry-agent" title=${ping.ua}>${ping.ua}</span>` : nothing}
      ${ping.rid ? html`<span title=${`Run ${ping.rid}`}>run <code>${ping.rid.slice(0, 8)}</code></span>` : nothing}
      ${ping.subject ? html`<span class="entry-subject">${ping.subject}</span>` : nothing}
      ${ping.text_url ? this.#folded(ping, 'text', 'Text') : nothing}
      ${ping.body_url ? this.#folded(ping, 'body', ping.text_url ? 'Raw message' : 'Body') : nothing}`;
  }

  /** @param {PingEvent} ping @param {'body' | 'text'} kind @param {string} title */
  #folded(ping, kind, title) {
    return html`<details class="entry-body" @toggle=${(/** @type {Event} */ event) => this.#read(ping, kind, event)}>
      <summary aria-label=${`${title} of ping ${ping.n}`}>${title}</summary>
      <pre tabindex="0">${this.bodies.get(`${kind} ${ping.n}`) ?? 'Loading…'}</pre>
    </details>`;
  }

  /** @param {FlipEvent} flip */
  #flip(flip) {
    const reason = reasonOf(flip);
    return reason ? html`<span>${reason}</span>` : nothing;
  }

  /** @param {NotificationEvent} notification */
  #notification(notification) {
    return html`<span>${recipientOf(notification)}</span>${
        notification.error ? html`<span class="entry-error">${notification.error}</span>` : nothing
      }`;
  }
}

customElements.define('check-log', CheckLog);
