import { html, nothing } from 'lit';
import { clock } from '../clock.js';
import { brief, clockTime, day, full, relative } from '../domain/time.js';
import { icon } from './icon.js';
import { TickingElement } from './ticking-element.js';

/** @import { Doubt } from '../domain/reading.js' */

/**
 * Says that what is shown may no longer be so: why, and when it was. Fires `retry`, or `key` where only another key
 * helps.
 */
class DoubtStrip extends TickingElement {
  static properties = { doubt: { attribute: false }, asksForKey: { attribute: false } };

  constructor() {
    super();
    /** @type {Doubt | null} */
    this.doubt = null;
    /** Whether somebody could enter another key. */
    this.asksForKey = false;
  }

  render() {
    const { doubt } = this;
    if (!doubt) return nothing;
    const needsKey = this.asksForKey && doubt.cause.kind === 'key';
    return html`<aside class="doubt" aria-label="Not up to date">
      ${icon('warning')}
      <div class="doubt-words">
        <p role="alert">
          <strong>${doubt.at === null ? 'Nothing could be read yet.' : 'This may be out of date.'}</strong>
          ${doubt.cause.reason}
        </p>
        ${doubt.at === null ? nothing : this.#lastRead(doubt.at)}
      </div>
      <button
        type="button"
        class="button"
        data-size="small"
        @click=${() => this.dispatchEvent(new Event(needsKey ? 'key' : 'retry'))}
      >
        ${needsKey ? 'Enter a key' : 'Try again'}
      </button>
    </aside>`;
  }

  /** @param {number} at milliseconds of the browser's clock */
  #lastRead(at) {
    const [then, now] = [clock.then(at), clock.now()];
    const words = day(then) === day(now) ? clockTime(then) : brief(then, now);
    return html`<p class="doubt-read">
      Last read <time datetime=${new Date(then).toISOString()} title=${full(then)}>${words}</time>,
      ${relative(then, now)}
    </p>`;
  }
}

customElements.define('doubt-strip', DoubtStrip);
