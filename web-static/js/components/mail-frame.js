import { html } from 'lit';
import { LightElement } from './light-element.js';

const STYLE_SHEET = /<style\b[^>]*>(.*?)<\/style\s*>/gis;
const SCRIPT = /<script\b.*?<\/script\s*>/gis;
const OPENING_TAG = /<[a-z][^>]*>/gi;

/** @param {string} tag */
const tamed = (tag) =>
  tag.replace(/(\s)style(?=\s*=)/i, '$1data-style').replace(/\son[a-z]+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, '');

/**
 * A mail's HTML, in a frame that runs no script. The frame inherits the page's Content-Security-Policy, which refuses
 * inline styles, and mail knows no others; so they are renamed before the frame sees them and set again through the
 * object model, which the policy allows. Remote pictures stay blocked: looking at a caught mail must not tell anybody.
 *
 * The rewriting by pattern only spares the console a list of refusals; what keeps a mail harmless is the sandbox and
 * the policy.
 */
class MailFrame extends LightElement {
  static properties = { source: {}, heading: {} };

  constructor() {
    super();
    this.source = '';
    this.heading = '';
  }

  #inert() {
    return this.source
      .replace(SCRIPT, '')
      .replace(STYLE_SHEET, '<template data-sheet>$1</template>')
      .replace(OPENING_TAG, tamed);
  }

  /** @param {Event} event */
  #dress(event) {
    const frame = /** @type {HTMLIFrameElement} */ (event.target);
    const mail = frame.contentDocument;
    const realm = /** @type {(Window & typeof globalThis) | null} */ (frame.contentWindow);
    if (!mail || !realm) return;
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (mail.querySelectorAll('[data-style]'))) {
      element.style.cssText = element.dataset.style ?? '';
    }
    mail.adoptedStyleSheets = [
      .../** @type {NodeListOf<HTMLTemplateElement>} */ (mail.querySelectorAll('template[data-sheet]')),
    ].map((kept) => {
      const sheet = new realm.CSSStyleSheet();
      sheet.replaceSync(kept.content.textContent ?? '');
      return sheet;
    });
  }

  render() {
    return html`<iframe
      class="mail-frame"
      title=${this.heading}
      sandbox="allow-same-origin"
      .srcdoc=${this.#inert()}
      @load=${this.#dress}
    ></iframe>`;
  }
}

customElements.define('mail-frame', MailFrame);
