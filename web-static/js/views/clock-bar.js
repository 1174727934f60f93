import { html } from 'lit';
import { clock } from '../clock.js';
import { icon } from '../components/icon.js';
import { tell } from '../components/notice.js';
import { refreshAll } from '../components/polled.js';
import { TickingElement } from '../components/ticking-element.js';
import { full } from '../domain/time.js';

/** @import { Desk } from '../api.js' */

/** What the clock can be moved by, in seconds. @type {ReadonlyMap<string, number>} */
const STEPS = new Map([
  ['+1 min', 60],
  ['+1 h', 3600],
  ['+1 day', 86_400],
]);

/** The local service's virtual time, and what moves it. */
class ClockBar extends TickingElement {
  static properties = { desk: { attribute: false }, busy: { state: true } };

  constructor() {
    super();
    /** @type {Desk | undefined} */
    this.desk = undefined;
    this.busy = false;
  }

  /** @param {() => Promise<string>} action what it says is told */
  async #do(action) {
    this.busy = true;
    try {
      tell(this, await action());
    } catch (error) {
      tell(this, /** @type {Error} */ (error).message, 'bad');
    } finally {
      this.busy = false;
    }
    await refreshAll();
  }

  /** @param {Desk} desk @param {number} seconds */
  #advance(desk, seconds) {
    return this.#do(async () => {
      clock.set(await desk.advance(seconds));
      return `It is ${full(clock.now())}.`;
    });
  }

  /** @param {Desk} desk */
  #sweep(desk) {
    return this.#do(async () => {
      const { flips, notifications } = await desk.sweep();
      return `Swept: ${flips} ${flips === 1 ? 'change' : 'changes'}, ${notifications} ${notifications === 1 ? 'notification' : 'notifications'}.`;
    });
  }

  render() {
    const { desk } = this;
    if (!desk) return html``;
    return html`<aside class="clock-bar" aria-label="Virtual clock">
      <p class="clock-bar-time"><span class="clock-bar-label">Virtual time</span> <time>${full(clock.now())}</time></p>
      <div class="clock-bar-actions">
        ${[...STEPS].map(
          ([caption, seconds]) =>
            html`<button
              type="button"
              class="button"
              data-size="small"
              ?disabled=${this.busy}
              @click=${() => this.#advance(desk, seconds)}
            >
              <span class="visually-hidden">Advance</span> ${caption}
            </button>`,
        )}
        <button type="button" class="button" data-size="small" ?disabled=${this.busy} @click=${() => this.#sweep(desk)}>
          ${icon('sweep')} Sweep
        </button>
      </div>
    </aside>`;
  }
}

customElements.define('clock-bar', ClockBar);
