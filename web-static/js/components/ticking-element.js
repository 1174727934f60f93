import { clock } from '../clock.js';
import { LightElement } from './light-element.js';

/** An element that shows something of the time, and looks at each tick of the clock whether that is still so. */
export class TickingElement extends LightElement {
  #onTick = () => this.ticked();

  connectedCallback() {
    super.connectedCallback();
    clock.addEventListener('tick', this.#onTick);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clock.removeEventListener('tick', this.#onTick);
  }

  /** Shows itself anew. Whoever mostly shows the same asks first. */
  ticked() {
    this.requestUpdate();
  }
}
