/**
 * The one clock of the dashboard. On a desk it follows the service's virtual time. Whoever shows a time listens to
 * `tick`, once a second while the page is visible, and at once when the time is moved.
 */
class Clock extends EventTarget {
  #ahead = 0;

  constructor() {
    super();
    setInterval(() => document.hidden || this.#tick(), 1000);
    document.addEventListener('visibilitychange', () => document.hidden || this.#tick());
  }

  /** Milliseconds since the epoch. */
  now() {
    return Date.now() + this.#ahead;
  }

  /** What the dashboard's clock showed when the browser's own did. @param {number} at milliseconds of the browser's clock */
  then(at) {
    return at + this.#ahead;
  }

  /** @param {number} now milliseconds */
  set(now) {
    const ahead = now - Date.now();
    const moved = Math.abs(ahead - this.#ahead) > 1000;
    this.#ahead = ahead;
    if (moved) this.#tick();
  }

  #tick() {
    this.dispatchEvent(new Event('tick'));
  }
}

export const clock = new Clock();
