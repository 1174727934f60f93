/**
 * A check as the management API (v3) gives it. With a read-only key `uuid`, `ping_url` and `channels` are absent and
 * `unique_key` stands in for the id. Only Rollcall's own call gives `ping_email`.
 *
 * @typedef {object} Check
 * @property {string} [uuid]
 * @property {string} [unique_key]
 * @property {string} name
 * @property {string} slug
 * @property {string} tags separated by spaces
 * @property {string} desc
 * @property {number} grace seconds
 * @property {number} n_pings
 * @property {Status} status
 * @property {boolean} started whether a run is under way
 * @property {string | null} last_ping
 * @property {string | null} next_ping when the next ping is expected; while a run is under way, when it started
 * @property {number} [last_duration] seconds
 * @property {boolean} manual_resume
 * @property {string} methods `POST`, or empty for any
 * @property {string} start_kw
 * @property {string} success_kw
 * @property {string} failure_kw
 * @property {boolean} filter_http_body
 * @property {boolean} filter_default_fail
 * @property {string} [ping_url]
 * @property {string} [ping_email] absent where the installation takes no mail
 * @property {string} [channels] ids, separated by commas
 * @property {number} [timeout] seconds; a simple schedule has only this
 * @property {string} [schedule] a cron or OnCalendar expression
 * @property {string} [tz]
 */

/** @typedef {'new' | 'up' | 'grace' | 'down' | 'paused'} Status */

/** What a check can be shown and filtered as: its status, or that a run is under way. */
/** @typedef {Status | 'started'} Condition */

/** Every condition in order of urgency, with the word for it. @type {ReadonlyMap<Condition, string>} */
export const CONDITIONS = new Map([
  ['down', 'Down'],
  ['grace', 'Late'],
  ['started', 'Running'],
  ['up', 'Up'],
  ['new', 'New'],
  ['paused', 'Paused'],
]);

/** @param {Condition} condition */
export const wordFor = (condition) => CONDITIONS.get(condition) ?? condition;

/** @param {Check} check */
export const idOf = (check) => check.uuid ?? check.unique_key ?? '';

/** What to call a check that may have no name. @param {Check} check */
export const titleOf = (check) => check.name || check.slug || 'Unnamed check';

/** @param {Check} check */
export const tagsOf = (check) => check.tags.split(/\s+/).filter(Boolean);

/** Whether the key that the check was read with may change it. @param {Check} check */
export const isEditable = (check) => check.uuid !== undefined;

/** @param {Check} check @param {Condition} condition */
export const is = (check, condition) => (condition === 'started' ? check.started : check.status === condition);

/**
 * When the check goes down if nothing is heard, in milliseconds; null where silence changes nothing. A run under way
 * must end within the grace time of its start, and `next_ping` is that start, so one rule serves both.
 *
 * @param {Check} check
 */
export const deadlineOf = (check) => {
  const silent = !check.started && (check.status === 'down' || check.status === 'paused');
  return check.next_ping === null || silent ? null : Date.parse(check.next_ping) + check.grace * 1000;
};

/**
 * Where a check stands between its last sign of life and its deadline. Fractions are of that whole stretch.
 *
 * @typedef {object} Progress
 * @property {number} from milliseconds
 * @property {number} expected milliseconds
 * @property {number} deadline milliseconds
 * @property {number} elapsed 0…1
 * @property {number} grace where the grace time begins, 0…1
 */

/**
 * @param {Check} check
 * @param {number} now milliseconds
 * @returns {Progress | null} null where the check waits for nothing
 */
export const progressOf = (check, now) => {
  const deadline = deadlineOf(check);
  if (deadline === null || check.next_ping === null) return null;
  const expected = Date.parse(check.next_ping);
  const from = check.started || check.last_ping === null ? expected : Math.min(Date.parse(check.last_ping), expected);
  const whole = deadline - from;
  if (whole <= 0) return null;
  const clamp = (/** @type {number} */ fraction) => Math.min(1, Math.max(0, fraction));
  return { from, expected, deadline, elapsed: clamp((now - from) / whole), grace: clamp((expected - from) / whole) };
};
