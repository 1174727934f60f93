import { html, nothing, svg } from 'lit';
import { clock } from '../clock.js';
import { progressOf } from '../domain/check.js';
import { TickingElement } from './ticking-element.js';

/** @import { Check } from '../domain/check.js' */

/** Widths are in hundredths; a finer step than half a percent cannot be seen. @param {number} fraction */
const percent = (fraction) => Math.round(fraction * 200) / 2;

/**
 * How far a check is from its last ping (left) to its deadline (right), with the grace time marked. A picture of what
 * the text beside it says, hidden from assistive technology.
 */
class PeriodGauge extends TickingElement {
  static properties = { check: { attribute: false } };

  #shown = -1;

  constructor() {
    super();
    /** @type {Check | undefined} */
    this.check = undefined;
  }

  ticked() {
    if (this.#elapsed() !== this.#shown) this.requestUpdate();
  }

  #progress() {
    return this.check ? progressOf(this.check, clock.now()) : null;
  }

  #elapsed() {
    const progress = this.#progress();
    return progress ? percent(progress.elapsed) : -1;
  }

  render() {
    const progress = this.#progress();
    this.#shown = this.#elapsed();
    if (!progress) return nothing;
    const grace = percent(progress.grace);
    const elapsed = percent(progress.elapsed);
    return html`<svg class="gauge" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      ${svg`
        <rect class="gauge-period" width=${grace} height="4" />
        <rect class="gauge-grace" x=${grace} width=${100 - grace} height="4" />
        <rect class="gauge-elapsed" width=${Math.min(elapsed, grace)} height="4" />
        <rect class=${this.check?.started ? 'gauge-running' : 'gauge-late'} x=${grace} width=${Math.max(0, elapsed - grace)} height="4" />`}
    </svg>`;
  }
}

customElements.define('period-gauge', PeriodGauge);
