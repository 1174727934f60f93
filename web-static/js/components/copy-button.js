import { html, nothing } from 'lit';
import { icon } from './icon.js';
import { LightElement } from './light-element.js';
import { tell } from './notice.js';

const THANKS_MS = 1600;

/** Puts a text on the clipboard. */
class CopyButton extends LightElement {
  static properties = { text: {}, label: {}, caption: {}, copied: { state: true } };

  constructor() {
    super();
    this.text = '';
    /** What is copied, for the button's accessible name: “Copy …”. */
    this.label = '';
    /** What the button shows beside its icon, if anything. */
    this.caption = '';
    this.copied = false;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.text);
    } catch {
      tell(this, 'The browser does not allow copying here. Select the text and copy it by hand.', 'bad');
      return;
    }
    this.copied = true;
    tell(this, 'Copied.');
    setTimeout(() => (this.copied = false), THANKS_MS);
  }

  render() {
    return html`<button type="button" class="copy" title=${this.text} @click=${this.#copy}>
      <span class="visually-hidden">Copy ${this.label}</span>
      ${this.caption ? html`<span class="copy-caption">${this.caption}</span>` : nothing}${icon(this.copied ? 'tick' : 'copy')}
    </button>`;
  }
}

customElements.define('copy-button', CopyButton);
