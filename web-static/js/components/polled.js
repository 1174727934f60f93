import { Refusal } from '../api.js';

/** @import { ReactiveController, ReactiveControllerHost } from 'lit' */

/** @type {Set<Polled<any>>} */
const live = new Set();

/** Reads everything that is shown again at once: after something was changed. */
export const refreshAll = () => Promise.all([...live].map((polled) => polled.refresh()));

const LONGEST_WAIT_MS = 30_000;

/**
 * Keeps one answer of the server fresh for as long as its host is on the page and the page is visible. When reading
 * fails it keeps what it has and tries again, less and less often.
 *
 * @template T
 * @implements {ReactiveController}
 */
export class Polled {
  /** @type {T | undefined} */
  value = undefined;
  /** Why the last reading failed. @type {Error | undefined} */
  error = undefined;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer = undefined;
  #failures = 0;
  #reading = 0;
  #host;
  #read;
  #everyMs;
  #onVisibility = () => (document.hidden ? clearTimeout(this.#timer) : void this.refresh());

  /**
   * @param {ReactiveControllerHost} host
   * @param {() => Promise<T>} read
   * @param {{ everyMs: number }} pace
   */
  constructor(host, read, { everyMs }) {
    this.#host = host;
    this.#read = read;
    this.#everyMs = everyMs;
    host.addController(this);
  }

  hostConnected() {
    live.add(this);
    document.addEventListener('visibilitychange', this.#onVisibility);
    void this.refresh();
  }

  hostDisconnected() {
    live.delete(this);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    clearTimeout(this.#timer);
    this.#reading++;
  }

  /** The thing asked for is gone or forbidden: asking again will not help. */
  get isRefused() {
    return this.error instanceof Refusal && this.error.status >= 400 && this.error.status < 500;
  }

  async refresh() {
    clearTimeout(this.#timer);
    // An answer that a later question has overtaken is dropped, or old facts would flash up.
    const reading = ++this.#reading;
    try {
      const value = await this.#read();
      if (reading !== this.#reading) return;
      this.value = value;
      this.error = undefined;
      this.#failures = 0;
    } catch (error) {
      if (reading !== this.#reading) return;
      this.error = /** @type {Error} */ (error);
      this.#failures++;
    }
    this.#host.requestUpdate();
    if (!document.hidden) {
      this.#timer = setTimeout(
        () => void this.refresh(),
        Math.min(LONGEST_WAIT_MS, this.#everyMs * 2 ** this.#failures),
      );
    }
  }
}
