import { isActing } from './domain/pace.js';

/** @import { Attention } from './domain/pace.js' */

/** What somebody does who is before the page. */
const ACTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove', 'hashchange', 'focus'];

/**
 * Whether somebody sees the page and acts in it. Tells by `change` when that changes what is enough; by `look` when
 * there is reason to read at once; by `sleep` when the browser stops the page.
 */
class Presence extends EventTarget {
  /** Who opens the page acts. */
  #acted = Date.now();

  constructor() {
    super();
    for (const act of ACTS) addEventListener(act, (event) => this.#act(event), { capture: true, passive: true });
    document.addEventListener('visibilitychange', () => this.#tell(document.hidden ? 'change' : 'look'));
    document.addEventListener('freeze', () => this.#tell('sleep'));
    document.addEventListener('resume', () => this.#tell('look'));
    addEventListener('pageshow', (event) => event.persisted && this.#tell('look'));
    addEventListener('online', () => this.#tell('look'));
    addEventListener('offline', () => this.#tell('look'));
  }

  /** @returns {Attention} */
  get attention() {
    return { hidden: document.hidden, acted: this.#acted };
  }

  /** @param {Event} event */
  #act(event) {
    // Browsers also tell of a pointer at rest when what lies under it is drawn anew.
    if (event.type === 'pointermove' && event instanceof PointerEvent && !event.movementX && !event.movementY) return;
    const now = Date.now();
    const wasActing = isActing(this.attention, now);
    this.#acted = now;
    if (!wasActing) this.#tell('change');
  }

  /** @param {'change' | 'look' | 'sleep'} what */
  #tell(what) {
    this.dispatchEvent(new Event(what));
  }
}

export const presence = new Presence();
