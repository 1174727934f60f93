import { html } from 'lit';
import { clock } from '../clock.js';
import { full, relative } from '../domain/time.js';
import { TickingElement } from './ticking-element.js';

/** “3 min ago”, kept true as time passes; the full time is in its tooltip. */
class RelativeTime extends TickingElement {
  static properties = { at: {} };

  #shown = '';

  constructor() {
    super();
    /** ISO time. */
    this.at = '';
  }

  ticked() {
    if (this.#text() !== this.#shown) this.requestUpdate();
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
