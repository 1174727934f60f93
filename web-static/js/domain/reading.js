import { ASLEEP, isOfWhatWasAsked, SILENT } from './cause.js';

/** @import { Cause } from './cause.js' */

/**
 * For whom is read: a key, and a check if it is one. Two are the same if all their parts are.
 *
 * @typedef {readonly unknown[]} Who
 */

/**
 * Why nothing newer is known: the newest cause, how often it was tried, until when the server asks for peace
 * (milliseconds since the epoch), and a chance between 0 and 1 by which the next try is spread.
 *
 * @typedef {{ cause: Cause, tries: number, notBefore: number, chance: number }} Trouble
 */

/**
 * What is known of something that the server is asked for again and again: since when, and why nothing newer. A value;
 * whatever happens makes another one. Times are milliseconds since the epoch.
 *
 * @template T
 * @typedef {object} Reading
 * @property {Who | null} who null where nobody wants to know
 * @property {number} turn of the newest question; the answer to any other counts for nobody
 * @property {boolean} asking whether that question is open
 * @property {number | null} asked when it was asked
 * @property {boolean} hurried whether the next question should come as soon as it may
 * @property {{ value: T, at: number } | null} known the newest answer, and when it was asked for: it may be no younger
 * @property {Trouble | null} trouble null if the newest question that was settled was answered
 */

/** @type {Reading<never>} */
export const NOTHING = { who: null, turn: 0, asking: false, asked: null, hurried: false, known: null, trouble: null };

/** @param {Who | null} a @param {Who | null} b */
const isSame = (a, b) =>
  a === b || (a !== null && b !== null && a.length === b.length && a.every((part, i) => Object.is(part, b[i])));

/**
 * Somebody else wants to know, or nobody: what was known and asked for before is not theirs.
 *
 * @template T
 * @param {Reading<T>} reading
 * @param {Who | null} who
 * @returns {Reading<T>}
 */
export const turnTo = (reading, who) =>
  isSame(reading.who, who) ? reading : { ...NOTHING, who, turn: reading.turn + 1 };

/**
 * A question goes out. It takes the place of one that is open.
 *
 * @template T
 * @param {Reading<T>} reading
 * @param {number} now
 * @returns {Reading<T>}
 */
export const ask = (reading, now) =>
  reading.who === null
    ? reading
    : { ...reading, turn: reading.turn + 1, asking: true, asked: now, hurried: false };

/** @template T @param {Reading<T>} reading @param {number} turn */
const counts = (reading, turn) => reading.asking && reading.turn === turn;

/**
 * @template T
 * @param {Reading<T>} reading
 * @param {number} turn of the question
 * @param {T} value
 * @returns {Reading<T>} the same one if the answer counts for nobody any more
 */
export const answer = (reading, turn, value) =>
  counts(reading, turn)
    ? { ...reading, asking: false, hurried: false, known: { value, at: reading.asked ?? 0 }, trouble: null }
    : reading;

/**
 * @template T
 * @param {Reading<T>} reading
 * @param {number} turn of the question
 * @param {Cause} cause
 * @param {number} now
 * @param {number} chance between 0 and 1
 * @returns {Reading<T>} the same one if the question was nobody's any more
 */
export const fail = (reading, turn, cause, now, chance) =>
  counts(reading, turn)
    ? {
        ...reading,
        asking: false,
        trouble: { cause, tries: (reading.trouble?.tries ?? 0) + 1, notBefore: now + cause.retryAfterMs, chance },
      }
    : reading;

/**
 * Something speaks for asking at once: somebody looks again, or the network is back.
 *
 * @template T
 * @param {Reading<T>} reading
 * @returns {Reading<T>}
 */
export const hurry = (reading) => (reading.who === null || reading.hurried ? reading : { ...reading, hurried: true });

/**
 * The browser stops this page: what is open will not be answered, and nobody can tell how long that lasts.
 *
 * @template T
 * @param {Reading<T>} reading
 * @returns {Reading<T>}
 */
export const sleep = (reading) =>
  reading.who === null
    ? reading
    : {
        ...reading,
        turn: reading.turn + 1,
        asking: false,
        trouble: { tries: 0, notBefore: 0, chance: 0, ...reading.trouble, cause: ASLEEP },
      };

/** A single failure so soon after a good answer is not worth a word: the next try may follow within seconds. */
const FORGIVEN_MS = 10_000;

/** Older than this, and nothing failed: the page was stopped without a word. More than what a hidden page waits. */
const STALE_MS = 150_000;

/**
 * That what is shown may no longer be so: why, and when it was. Null where nothing was ever read.
 *
 * @typedef {{ cause: Cause, at: number | null }} Doubt
 */

/**
 * @param {Reading<unknown>} reading
 * @param {number} now
 * @returns {Doubt | null}
 */
export const doubtOf = ({ known, trouble }, now) => {
  const at = known?.at ?? null;
  const age = at === null ? Infinity : now - at;
  if (trouble === null) return at !== null && age > STALE_MS ? { cause: SILENT, at } : null;
  const { cause, tries } = trouble;
  return tries > 1 || age > FORGIVEN_MS || cause === ASLEEP ? { cause, at } : null;
};

/**
 * What the whole page has to say. What it stands on, which is the list of checks, speaks first. Of what else is shown,
 * that counts which was read before, since a place that has nothing to show says so itself; and whose trouble lies not in
 * what was asked for.
 *
 * @param {Doubt | null} ground
 * @param {(Doubt | null)[]} others
 * @returns {Doubt | null} the oldest
 */
export const worstOf = (ground, others) => {
  if (ground) return ground;
  /** @type {Doubt | null} */
  let worst = null;
  for (const doubt of others) {
    if (!doubt || doubt.at === null || isOfWhatWasAsked(doubt.cause)) continue;
    if (worst?.at == null || doubt.at < worst.at) worst = doubt;
  }
  return worst;
};
