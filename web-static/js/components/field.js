import { html, nothing } from 'lit';
import { UNITS } from '../domain/duration.js';

/** @import { Quantity, Unit } from '../domain/duration.js' */

/**
 * A labelled control with its hint and, where the server refused it, the reason.
 *
 * @param {{ id: string, label: string, hint?: unknown, error?: string | null, optional?: boolean }} about
 * @param {unknown} control with this id, and `aria-describedby` as `describedBy` says
 */
export const field = ({ id, label, hint, error, optional }, control) =>
  html`<div class="field" ?data-invalid=${Boolean(error)}>
    <label for=${id}>${label}${optional ? html` <span class="optional">optional</span>` : nothing}</label>
    ${control} ${hint ? html`<p class="hint" id=${`${id}-hint`}>${hint}</p>` : nothing}
    ${error ? html`<p class="error" id=${`${id}-error`} role="alert">${error}</p>` : nothing}
  </div>`;

/** @param {string} id */
export const describedBy = (id) => `${id}-error ${id}-hint`;

/**
 * @param {{ id: string, label: string, hint?: string }} about
 * @param {boolean} checked
 * @param {(checked: boolean) => void} onchange
 */
export const checkbox = ({ id, label, hint }, checked, onchange) =>
  html`<div class="checkbox">
    <input
      type="checkbox"
      id=${id}
      .checked=${checked}
      aria-describedby=${hint ? `${id}-hint` : nothing}
      @change=${(/** @type {Event} */ event) => onchange(/** @type {HTMLInputElement} */ (event.target).checked)}
    />
    <label for=${id}>${label}</label>
    ${hint ? html`<p class="hint" id=${`${id}-hint`}>${hint}</p>` : nothing}
  </div>`;

/**
 * A number and its unit.
 *
 * @param {{ id: string, label: string, error?: string | null, hint?: unknown }} about
 * @param {Quantity} quantity
 * @param {(quantity: Quantity) => void} onchange
 */
export const durationField = (about, quantity, onchange) =>
  field(
    about,
    html`<div class="duration">
      <input
        id=${about.id}
        type="number"
        min="1"
        step="any"
        required
        inputmode="decimal"
        .value=${String(quantity.amount)}
        aria-invalid=${about.error ? 'true' : 'false'}
        aria-describedby=${describedBy(about.id)}
        @input=${(/** @type {Event} */ event) =>
          onchange({ ...quantity, amount: /** @type {HTMLInputElement} */ (event.target).valueAsNumber || 0 })}
      />
      <select
        aria-label=${`Unit of ${about.label.toLowerCase()}`}
        .value=${quantity.unit}
        @change=${(/** @type {Event} */ event) =>
          onchange({ ...quantity, unit: /** @type {Unit} */ (/** @type {HTMLSelectElement} */ (event.target).value) })}
      >
        ${[...UNITS.keys()]
          .toReversed()
          .map((unit) => html`<option value=${unit} ?selected=${unit === quantity.unit}>${unit}s</option>`)}
      </select>
    </div>`,
  );
