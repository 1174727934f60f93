import { roughly } from './duration.js';

/** @typedef {'steady' | 'expanding' | 'expanded' | 'settling' | 'rolling_back' | 'blocked'} Phase */

/** What this release may do with the data. @typedef {'normal' | 'read_only' | 'unreadable'} Fit */

/**
 * How far the pass under way is.
 *
 * @typedef {{ pass: number, done: number, total: number | null, percent: number, per_second: number,
 *   seconds_left: number | null }} Progress
 */

/**
 * A migration as the data remembers it. Times are ISO. Who asked for it is null where nobody is signed in.
 *
 * @typedef {{ id: string, title: string, from: number, to: number, state: string, release: string, by: string | null,
 *   started: string | null, applied: string | null, rolled_back: string | null, finalised: string | null,
 *   restorable_to: string | null, counts: { scanned: number, changed: number, skipped: number, failed: number },
 *   progress: Progress | null }} Past
 */

/** @typedef {{ name: string, level: number, reads_from: number, first_seen: string | null, last_seen: string | null }} SeenRelease */

/**
 * @typedef {{ at: string | null, by: string | null, release: string, migration: string | null, from: string, to: string,
 *   reason: string | null }} DataEvent
 */

/**
 * What the data says of its own shape. History is oldest first, events are newest first. A level is null, and `unclear`
 * says why, where a newer release wrote what this one does not understand.
 *
 * @typedef {{ level: number | null, write_level: number | null, min_reader: number | null, min_writer: number | null,
 *   phase: Phase, paused: boolean, blocked: { reason: string, items: string[] } | null,
 *   release: { name: string, level: number, reads_from: number, fit: Fit }, remedy: string | null,
 *   releases: SeenRelease[], history: Past[], events: DataEvent[], unclear: string[] }} DataVersion
 */

/**
 * Of which version the time zones' rules are that schedules go by, such as `2026f`, and whether that is too old to be
 * trusted; null where the release does not say.
 *
 * @param {object} version
 * @returns {{ version: string, isOld: boolean } | null}
 */
export const zonesOf = (version) => {
  const said = 'tzdata' in version ? version.tzdata : null;
  if (typeof said !== 'object' || said === null || !('version' in said)) return null;
  if (typeof said.version !== 'string' || said.version === '') return null;
  return { version: said.version, isOld: 'old' in said && said.old === true };
};

/** @type {Record<Phase, { title: string, meaning: string }>} */
const PHASES = {
  steady: { title: 'At rest', meaning: 'Nothing is being changed.' },
  expanding: { title: 'Expanding', meaning: 'Items get what the next level adds. Older releases go on serving.' },
  expanded: { title: 'Expanded', meaning: 'Every item has what the next level adds. Older releases may still serve.' },
  settling: { title: 'Settling', meaning: 'Only newer releases serve; what they do not need is put away.' },
  rolling_back: { title: 'Rolling back', meaning: 'Items get their former shape back, with their former values.' },
  blocked: { title: 'Blocked', meaning: 'Some items could not be changed. All others are done.' },
};

/** @param {Phase} phase */
export const phaseOf = (phase) => PHASES[phase] ?? { title: sentence(phase), meaning: '' };

/** @type {Record<Fit, string>} */
const FITS = {
  normal: 'may read and change the data',
  read_only: 'may read the data, and change nothing',
  unreadable: 'cannot read the data, and keeps pings for later',
};

/** @param {Fit} fit */
export const fitOf = (fit) => FITS[fit];

/** “Rolled back”. @param {string} state */
export const stateOf = (state) => sentence(state.replaceAll('_', ' '));

/** @param {string} text */
const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** “Expanding to expanded”. @param {DataEvent} event */
export const changeOf = ({ from, to }) => (from === to ? stateOf(to) : `${stateOf(from)} → ${stateOf(to).toLowerCase()}`);

/** When a migration came to where it stands. @param {Past} past @returns {string | null} ISO */
export const since = (past) => {
  if (past.state === 'finalised') return past.finalised;
  if (past.state === 'rolled_back') return past.rolled_back;
  if (past.state === 'applied') return past.applied;
  return past.started;
};

/**
 * The migration that is being worked on. What is blocked waits for a person.
 *
 * @param {DataVersion} version
 * @returns {(Past & { progress: Progress }) | undefined}
 */
export const current = ({ phase, history }) =>
  phase === 'blocked'
    ? undefined
    : /** @type {(Past & { progress: Progress }) | undefined} */ (history.find(({ progress }) => progress !== null));

/** @type {ReadonlySet<Phase>} */
const MOVING = new Set(['expanding', 'settling', 'rolling_back']);

/** Whether the numbers change by themselves. @param {DataVersion} version */
export const isMoving = (version) =>
  !version.paused && (MOVING.has(version.phase) || current(version) !== undefined);

/** @param {number} number */
const items = (number) => `${number.toLocaleString('en')} ${number === 1 ? 'item' : 'items'}`;

/** “1,200 of 5,000 items, 180 a second, 21 s left”. @param {Progress} progress */
export const progressOf = ({ done, total, per_second: perSecond, seconds_left: left }) =>
  [
    total === null ? items(done) : `${done.toLocaleString('en')} of ${items(total)}`,
    perSecond > 0 ? `${Math.max(1, Math.round(perSecond)).toLocaleString('en')} a second` : '',
    left === null ? '' : `${roughly(left)} left`,
  ]
    .filter(Boolean)
    .join(', ');

/** “5 items, 5 written, 1 failed”. @param {Past} past */
export const countsOf = ({ counts }) =>
  `${items(counts.scanned)}, ${counts.changed.toLocaleString('en')} written` +
  (counts.failed > 0 ? `, ${counts.failed.toLocaleString('en')} failed` : '');

/**
 * How this release stands to data that is not its own, as far as answers have told.
 *
 * @typedef {{ level: number | null, fit: Fit, remedy: string, isKnown: boolean }} Standing
 */

/** @param {unknown} body @returns {{ level: number | null, remedy: string } | null} what a refusal says of the data, if it does */
const factsOf = (body) => {
  if (typeof body !== 'object' || body === null || !('data_level' in body)) return null;
  const remedy = 'remedy' in body && typeof body.remedy === 'string' ? body.remedy : '';
  return { level: typeof body.data_level === 'number' ? body.data_level : null, remedy };
};

/**
 * What an answer of the server tells. One that asked with a key and says nothing tells that the data is this release's.
 *
 * @param {Standing | null} before
 * @param {{ status: number, level: string | null, body?: unknown, keyed: boolean }} answer
 * @returns {Standing | null}
 */
export const heard = (before, { status, level, body, keyed }) => {
  const facts = factsOf(body);
  if (facts && status === 503) return { ...facts, fit: 'unreadable', isKnown: true };
  if (facts && status === 409) return { ...facts, fit: 'read_only', isKnown: true };
  if (level !== null) {
    const ahead = Number(level);
    return before?.level === ahead && before.fit !== 'unreadable'
      ? before
      : { level: ahead, fit: 'normal', remedy: '', isKnown: false };
  }
  return keyed && status < 400 ? null : before;
};

/** @param {DataVersion} version @returns {Standing | null} */
export const standingOf = ({ level, release, remedy }) =>
  (level ?? 0) > release.level || release.fit !== 'normal'
    ? { level, fit: release.fit, remedy: remedy ?? '', isKnown: true }
    : null;

/** “level 3”. @param {number | null} level */
export const levelOf = (level) => (level === null ? 'an unknown level' : `level ${level}`);

/** What everybody should know, wherever they are. @param {Standing} standing */
export const warningOf = ({ level, fit, remedy }) => {
  switch (fit) {
    case 'normal':
      return `The data is at ${levelOf(level)}, which is newer than this release. Both get on with each other.`;
    case 'read_only':
      return `The data is at ${levelOf(level)}: this release may show it, and change nothing. ${remedy}`.trim();
    case 'unreadable':
      return `The data is at ${levelOf(level)}, and this release cannot read it. Pings are kept and counted later; nobody is alerted meanwhile. ${remedy}`.trim();
  }
};
