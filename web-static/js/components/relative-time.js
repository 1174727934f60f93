import { html } from 'lit';
import { clock } from '../clock.js';
import { full, relative } from '../domain/time.js';
import { LightElement } from './light-element.js';

/** “3 min ago”, kept true as time passes; the full time is in its tooltip. */
class RelativeTime extends LightElement {
  static properties = { at: {} };

  #shown = '';
  #onTick = () => {
    if (this.#text() !== this.#shown) this.requestUpdate();
  };

  constructor() {
    super();
    /** ISO time. */
    this.at = '';
  }

  connectedCallback() {
    super.connectedCallback();
    clock.addEventListener('tick', this.#onTick);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clock.removeEventListener('tick', this.#onTick);
  }

  #text() {
    return relative(Date.parse(this.at), clock.now());
  }

  render() {
    this.#shown = this.#text();
    return html`<time datetime=${this.at} title=${full(Date.parse(this.at))}>${this.#shown}</time>`;
  }
}

customElements.define('relative-time', RelativeTime);
