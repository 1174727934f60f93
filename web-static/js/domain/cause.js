/**
 * Why the server could not be read: nobody was reached, it refused, it failed, or what came was no answer. `asleep` and
 * `silent` are not told by an answer: the browser stopped this page, or nothing came for too long.
 *
 * @typedef {'offline' | 'unreachable' | 'timeout' | 'key' | 'forbidden' | 'gone' | 'conflict' | 'busy' | 'refused'
 *   | 'broken' | 'unavailable' | 'malformed' | 'asleep' | 'silent'} CauseKind
 */

/**
 * A cause, in a sentence, and for how many milliseconds the server asks not to be asked again.
 *
 * @typedef {{ kind: CauseKind, reason: string, retryAfterMs: number }} Cause
 */

/** @param {CauseKind} kind @param {string} reason @param {number} [retryAfterMs] @returns {Cause} */
const cause = (kind, reason, retryAfterMs = 0) => ({ kind, reason, retryAfterMs });

/** How long an answer is waited for. */
export const PATIENCE_MS = 15_000;

/**
 * No answer came.
 *
 * @param {{ timedOut: boolean, online: boolean }} facts whether the browser knows of a network
 */
export const causeOfSilence = ({ timedOut, online }) => {
  if (!online) return cause('offline', 'This device is offline.');
  if (timedOut) return cause('timeout', `Rollcall did not answer within ${PATIENCE_MS / 1000} seconds.`);
  return cause('unreachable', 'Rollcall does not answer.');
};

/** @type {ReadonlyMap<number, CauseKind>} */
const KINDS = new Map([
  [401, 'key'],
  [403, 'forbidden'],
  [404, 'gone'],
  [410, 'gone'],
  [409, 'conflict'],
  [429, 'busy'],
  [502, 'unavailable'],
  [503, 'unavailable'],
  [504, 'unavailable'],
]);

/** @param {number} status @returns {CauseKind} */
const kindOf = (status) => KINDS.get(status) ?? (status >= 500 ? 'broken' : 'refused');

/**
 * The server answered, and the answer was no.
 *
 * @param {{ status: number, reason: string | null, retryAfter: string | null }} answer its own words, if it had some, and
 *     its `Retry-After`
 * @param {number} now milliseconds
 */
export const causeOfAnswer = ({ status, reason, retryAfter }, now) => {
  const kind = kindOf(status);
  return cause(kind, sentence(kind, status, reason), waitOf(retryAfter, now));
};

/** @param {CauseKind} kind @param {number} status @param {string | null} reason */
const sentence = (kind, status, reason) => {
  if (kind === 'key') return 'The API key was refused.';
  if (kind === 'broken') return `The server failed (status ${status}).`;
  if (kind === 'unavailable' && reason === null) return `The service is not available (status ${status}).`;
  return reason ?? `The server refused (status ${status}).`;
};

/** What came was no answer of Rollcall's: whoever stands in between may have answered. */
export const MALFORMED = cause(
  'malformed',
  'What came back is no answer of Rollcall’s. A proxy or a sign-in page may stand in between.',
);

export const ASLEEP = cause('asleep', 'The browser has put this page to sleep.');

export const SILENT = cause('silent', 'Nothing has been read since.');

/** A server may ask for a pause, and not for blindness. */
const LONGEST_WAIT_MS = 5 * 60_000;

/**
 * What `Retry-After` asks for, as seconds or as a date; nothing where it is neither.
 *
 * @param {string | null} header
 * @param {number} now milliseconds
 */
export const waitOf = (header, now) => {
  if (header === null) return 0;
  const text = header.trim();
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return wait > 0 ? Math.min(wait, LONGEST_WAIT_MS) : 0;
};

/** @type {ReadonlySet<CauseKind>} */
const OF_WHAT_WAS_ASKED = new Set(['key', 'forbidden', 'gone', 'refused']);

/**
 * Whether the cause may lie in what was asked for: it is gone, or not for this key. If the list of checks is read with
 * the same key, it does.
 *
 * @param {Cause} cause
 */
export const isOfWhatWasAsked = ({ kind }) => OF_WHAT_WAS_ASKED.has(kind);
