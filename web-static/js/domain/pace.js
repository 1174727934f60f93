/** @import { Reading } from './reading.js' */

/** While somebody acts. */
export const ACTING_MS = 3000;

/** While the page is seen, and nobody acts. */
export const IDLE_MS = 15_000;

/**
 * While nobody sees the page but for its title and its icon. A little under a minute: browsers wake such a page once a
 * minute, and who comes a moment later waits for the next time.
 */
export const HIDDEN_MS = 58_000;

/** How long somebody counts as acting after a movement or a key. */
export const ATTENTION_MS = 60_000;

/** The longest pause between two tries, unless the server asks for more. */
const LONGEST_PAUSE_MS = 60_000;

/** The shortest time between two questions, whatever speaks for hurry. */
const SHORTEST_PAUSE_MS = 1000;

/**
 * Who is before the page: whether it is hidden, and when somebody last did something.
 *
 * @typedef {{ hidden: boolean, acted: number }} Attention
 */

/** @param {Attention} attention @param {number} now */
export const isActing = ({ hidden, acted }, now) => !hidden && now - acted < ATTENTION_MS;

/**
 * From one question to the next, in milliseconds.
 *
 * @param {Attention} attention
 * @param {number} now
 * @param {number} [actingMs] what is enough for this reading while somebody acts
 */
export const paceOf = (attention, now, actingMs = ACTING_MS) => {
  if (attention.hidden) return HIDDEN_MS;
  return isActing(attention, now) ? actingMs : Math.max(IDLE_MS, actingMs);
};

/**
 * How long to wait with the next question, in milliseconds; null while none is to be asked. After failures it comes less
 * and less often, spread by chance, so that a service that comes back is not asked by everybody at once.
 *
 * @param {Reading<unknown>} reading
 * @param {Attention} attention
 * @param {number} now
 * @param {number} [actingMs]
 */
export const pauseOf = ({ who, asking, asked, hurried, trouble }, attention, now, actingMs) => {
  if (who === null || asking) return null;
  if (asked === null) return 0;
  // A clock that was set back must not make the next question wait.
  const since = Math.max(0, now - asked);
  const pace = hurried ? SHORTEST_PAUSE_MS : paceOf(attention, now, actingMs);
  if (trouble === null) return Math.max(0, pace - since);
  const longest = Math.min(LONGEST_PAUSE_MS, pace * 2 ** trouble.tries);
  const pause = hurried ? pace : Math.max(pace, (longest * (1 + trouble.chance)) / 2);
  return Math.max(0, pause - since, Math.min(trouble.notBefore - now, trouble.cause.retryAfterMs));
};
