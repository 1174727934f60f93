import { html } from 'lit';
import { LightElement } from './light-element.js';

/** Asks before something that cannot be undone. */
class ConfirmDialog extends LightElement {
  static properties = { heading: {}, body: {}, verb: {} };

  constructor() {
    super();
    this.heading = '';
    this.body = '';
    /** What the button that goes ahead says. */
    this.verb = 'Delete';
    /** @type {(agreed: boolean) => void} */
    this.answer = () => {};
  }

  /** @returns {Promise<boolean>} whether the person agreed */
  async ask() {
    await this.updateComplete;
    const dialog = /** @type {HTMLDialogElement} */ (this.querySelector('dialog'));
    dialog.returnValue = '';
    dialog.showModal();
    return new Promise((resolve) => (this.answer = resolve));
  }

  /** @param {string} value */
  #close(value) {
    /** @type {HTMLDialogElement} */ (this.querySelector('dialog')).close(value);
  }

  /** @param {Event} event */
  #onClose(event) {
    this.answer(/** @type {HTMLDialogElement} */ (event.target).returnValue === 'yes');
  }

  render() {
    return html`<dialog
      class="dialog"
      aria-labelledby="confirm-heading"
      aria-describedby="confirm-body"
      @close=${this.#onClose}
    >
      <h2 id="confirm-heading">${this.heading}</h2>
      <p id="confirm-body">${this.body}</p>
      <div class="dialog-actions">
        <button type="button" class="button" autofocus @click=${() => this.#close('no')}>Cancel</button>
        <button type="button" class="button" data-tone="danger" @click=${() => this.#close('yes')}>${this.verb}</button>
      </div>
    </dialog>`;
  }
}

customElements.define('confirm-dialog', ConfirmDialog);

/** @param {ParentNode} host */
export const confirmIn = (host) => /** @type {ConfirmDialog} */ (host.querySelector('confirm-dialog')).ask();
