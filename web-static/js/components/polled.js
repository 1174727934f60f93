import { Failure } from '../api.js';
import { clock } from '../clock.js';
import { MALFORMED } from '../domain/cause.js';
import { pauseOf } from '../domain/pace.js';
import { answer, ask, doubtOf, fail, hurry, NOTHING, sleep, turnTo } from '../domain/reading.js';
import { presence } from '../presence.js';

/** @import { ReactiveController, ReactiveControllerHost } from 'lit' */
/** @import { Doubt, Reading } from '../domain/reading.js' */

/** Everything that is read for what is on the page. Tells by `change` when something of it is known anew, or no more. */
class Readings extends EventTarget {
  /** @type {Set<Polled<any, any>>} */
  #live = new Set();

  /** @param {Polled<any, any>} polled */
  add(polled) {
    this.#live.add(polled);
  }

  /** @param {Polled<any, any>} polled */
  delete(polled) {
    this.#live.delete(polled);
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event('change'));
  }

  /** @returns {Polled<any, any>[]} */
  get all() {
    return [...this.#live];
  }
}

export const readings = new Readings();

/** Reads everything that is shown again at once: after something was changed, or because somebody asks for it. */
export const refreshAll = () =>
  Promise.all(readings.all.filter(({ isDone }) => !isDone).map((polled) => polled.refresh()));

/**
 * What a reading is about. `who` are the values that it is asked with, and null while there is nobody to ask for: an
 * answer counts only as long as they are the same. `heard` gets each answer that counts, with the one before it.
 *
 * @template {readonly unknown[]} W
 * @template T
 * @typedef {object} Question
 * @property {() => W | null} who
 * @property {(who: W, until: AbortSignal) => Promise<T>} read
 * @property {(value: T, before: T | undefined, who: W) => void} [heard]
 * @property {(value: T | undefined) => number} [actingMs] from one question to the next while somebody acts
 * @property {boolean} [once] whether the first answer will do: it is then never in doubt
 */

/**
 * Keeps an answer of the server fresh for as long as its host is on the page. What happens to it is told by
 * `domain/reading.js`, and when it is asked by `domain/pace.js`; here are the timer, the network and the host.
 *
 * @template {readonly unknown[]} W
 * @template T
 * @implements {ReactiveController}
 */
export class Polled {
  /** @type {Reading<T>} */
  #reading = NOTHING;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer = undefined;
  /** Ends the question that is open. */
  #open = new AbortController();
  #isHere = false;
  /** @type {Doubt | null} */
  #doubt = null;
  #host;
  #question;
  #plan = () => this.#schedule();
  #look = () => this.#become(hurry(this.#reading));
  #sleep = () => this.#become(sleep(this.#reading));
  #weigh = () => {
    const was = this.isDoubtful;
    this.#doubt = this.isDone ? null : doubtOf(this.#reading, Date.now());
    if (this.isDoubtful !== was) this.#changed();
  };

  /** @param {ReactiveControllerHost & Element} host @param {Question<W, T>} question */
  constructor(host, question) {
    this.#host = host;
    this.#question = question;
    host.addController(this);
  }

  /** What is known, or undefined. */
  get value() {
    return this.#reading.known?.value;
  }

  /** Why nothing newer is known, or undefined. */
  get cause() {
    return this.#reading.trouble?.cause;
  }

  /** That what is known may no longer be so, or null. */
  get doubt() {
    return this.#doubt;
  }

  get isDoubtful() {
    return this.#doubt !== null;
  }

  /** Whether something is shown that may no longer be so. */
  get isDated() {
    return this.value !== undefined && this.isDoubtful;
  }

  /** Whether nothing more is to be read. */
  get isDone() {
    return this.#question.once === true && this.#reading.known !== null;
  }

  get reading() {
    return this.#reading;
  }

  hostConnected() {
    this.#isHere = true;
    readings.add(this);
    presence.addEventListener('change', this.#plan);
    presence.addEventListener('look', this.#look);
    presence.addEventListener('sleep', this.#sleep);
    clock.addEventListener('tick', this.#weigh);
    this.#turn();
  }

  hostDisconnected() {
    this.#isHere = false;
    presence.removeEventListener('change', this.#plan);
    presence.removeEventListener('look', this.#look);
    presence.removeEventListener('sleep', this.#sleep);
    clock.removeEventListener('tick', this.#weigh);
    this.#turn();
    readings.delete(this);
  }

  hostUpdate() {
    if (this.#isHere) this.#turn();
  }

  hostUpdated() {
    this.#host.toggleAttribute('data-dated', this.isDated);
  }

  /** Asks now, in the place of a question that is open: it may be older than what was just done. */
  async refresh() {
    const { who, read, heard } = this.#question;
    const asker = this.#isHere ? who() : null;
    this.#become(ask(turnTo(this.#reading, asker), Date.now()));
    if (asker === null) return;
    const { turn } = this.#reading;
    this.#open.abort();
    this.#open = new AbortController();
    const before = this.#reading;
    try {
      const value = await read(asker, this.#open.signal);
      if (this.#become(answer(this.#reading, turn, value))) heard?.(value, before.known?.value, asker);
    } catch (error) {
      // What is no failure of a call is a fault of this page with an answer, and must not pass for one.
      if (!(error instanceof Failure)) reportError(error);
      const cause = error instanceof Failure ? error.why : MALFORMED;
      this.#become(fail(this.#reading, turn, cause, Date.now(), Math.random()));
    }
  }

  #turn() {
    this.#become(turnTo(this.#reading, this.#isHere ? this.#question.who() : null));
  }

  /** @param {Reading<T>} next @returns {boolean} whether that is something new */
  #become(next) {
    const before = this.#reading;
    if (next === before) return false;
    this.#reading = next;
    if (next.who !== before.who) this.#open.abort();
    this.#schedule();
    this.#weigh();
    if (next.known !== before.known || next.trouble !== before.trouble) this.#changed();
    return true;
  }

  #changed() {
    this.#host.requestUpdate();
    readings.changed();
  }

  #schedule() {
    clearTimeout(this.#timer);
    if (this.isDone) return;
    const { actingMs } = this.#question;
    const pause = pauseOf(this.#reading, presence.attention, Date.now(), actingMs?.(this.value));
    if (pause !== null) this.#timer = setTimeout(() => void this.refresh(), pause);
  }
}
