import { html, nothing } from 'lit';
import { clock } from '../clock.js';
import { icon } from '../components/icon.js';
import { LightElement } from '../components/light-element.js';
import '../components/relative-time.js';
import { secondsOf } from '../domain/duration.js';
import { cronInWords } from '../domain/schedule.js';
import { moment } from '../domain/time.js';

/** @import { Api, SchedulePreview as Preview } from '../api.js' */
/** @import { Quantity } from '../domain/duration.js' */

/** Long enough not to ask at every key, short enough to feel live. */
const PAUSE_MS = 250;

/** What a schedule would mean, as the server understands it. */
class SchedulePreview extends LightElement {
  static properties = {
    api: { attribute: false },
    expression: { attribute: false },
    tz: {},
    timeout: { attribute: false },
    grace: { attribute: false },
    preview: { state: true },
    failure: { state: true },
  };

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer = undefined;

  constructor() {
    super();
    /** @type {Api | undefined} */
    this.api = undefined;
    /** Null for a simple period. @type {string | null} */
    this.expression = null;
    this.tz = 'UTC';
    /** @type {Quantity} */
    this.timeout = { amount: 1, unit: 'day' };
    /** @type {Quantity} */
    this.grace = { amount: 1, unit: 'hour' };
    /** @type {Preview | null} */
    this.preview = null;
    /** @type {string | null} */
    this.failure = null;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has('expression') && !changed.has('tz')) return;
    clearTimeout(this.#timer);
    const { expression, tz } = this;
    if (expression) this.#timer = setTimeout(() => void this.#ask(expression, tz), PAUSE_MS);
  }

  /** @param {string} expression @param {string} tz */
  async #ask(expression, tz) {
    try {
      const preview = (await this.api?.preview(expression, tz)) ?? null;
      if (expression !== this.expression || tz !== this.tz) return;
      this.preview = preview;
      this.failure = null;
    } catch (error) {
      if (expression !== this.expression || tz !== this.tz) return;
      this.failure = /** @type {Error} */ (error).message;
    }
  }

  render() {
    return html`<section class="preview" aria-label="Preview of the schedule" aria-live="polite">
      ${this.#body()}
    </section>`;
  }

  #body() {
    const { expression, preview } = this;
    if (expression === null) return this.#simple();
    if (expression === '') return html`<p class="hint">Enter an expression to see when it runs next.</p>`;
    if (this.failure) return html`<p class="hint">No preview: ${this.failure}</p>`;
    if (!preview) return html`<p class="hint">…</p>`;
    if (!preview.valid) {
      return html`<p class="preview-error">${icon('warning')} ${preview.error}</p>
        ${typeof preview.position === 'number' ? this.#pointer(expression, preview.position) : nothing}`;
    }
    const words = preview.kind === 'cron' ? cronInWords(expression) : null;
    return html`${words ? html`<p class="preview-words">${words}</p>` : nothing}
      <h2>Next times <span class="faint">${this.tz.replaceAll('_', ' ')}</span></h2>
      ${preview.next.length === 0 ? html`<p class="hint">It never comes again.</p>` : nothing}
      <ol>
        ${preview.next.map(
          (at) =>
            html`<li><span>${moment(Date.parse(at), this.tz)}</span> <relative-time .at=${at}></relative-time></li>`,
        )}
      </ol>`;
  }

  #simple() {
    const now = clock.now();
    const expected = now + secondsOf(this.timeout) * 1000;
    return html`<h2>After a ping at this moment</h2>
      <dl class="preview-simple">
        <div>
          <dt>Next expected</dt>
          <dd>${moment(expected)}</dd>
        </div>
        <div>
          <dt>Goes down</dt>
          <dd>${moment(expected + secondsOf(this.grace) * 1000)}</dd>
        </div>
      </dl>`;
  }

  /**
   * The expression with the place marked at which reading failed.
   *
   * @param {string} expression
   * @param {number} position
   */
  #pointer(expression, position) {
    const end = expression.slice(position).search(/\s|$/) + position;
    return html`<pre class="preview-pointer">
${expression.slice(0, position)}<mark>${expression.slice(position, Math.max(end, position + 1)) || '␣'}</mark>${expression.slice(Math.max(end, position + 1))}</pre>`;
  }
}

customElements.define('schedule-preview', SchedulePreview);
