import { day } from './time.js';

/**
 * One entry of a check's log.
 *
 * @typedef {PingEvent | FlipEvent | NotificationEvent} LogEvent
 */

/**
 * @typedef {object} PingEvent
 * @property {'ping'} type
 * @property {'success' | 'fail' | 'start' | 'log' | 'ign' | 'unknown'} kind
 * @property {number} n
 * @property {string} at
 * @property {string} scheme
 * @property {string} method
 * @property {string | null} remote_addr
 * @property {string} ua
 * @property {string | null} rid
 * @property {number | null} [exit_status]
 * @property {number | null} [duration] seconds
 * @property {string | null} body_url
 * @property {string | null} [subject] of a mail, decoded
 * @property {string | null} [text_url] of a mail whose text was decoded
 */

/** @typedef {{ type: 'flip', at: string, from: string, to: string, reason: string | null }} FlipEvent */

/**
 * @typedef {object} NotificationEvent
 * @property {'notification'} type
 * @property {string} at
 * @property {string} channel
 * @property {string} channel_name
 * @property {string} kind
 * @property {'sent' | 'refused' | 'gave_up' | 'skipped' | 'unknown'} outcome
 * @property {string | null} error
 */

/**
 * How serious an entry is, which decides its colour.
 *
 * @typedef {'up' | 'down' | 'grace' | 'started' | 'neutral'} Tone
 */

/** @type {Record<PingEvent['kind'], { word: string, tone: Tone }>} */
const PINGS = {
  success: { word: 'Success', tone: 'up' },
  fail: { word: 'Failure', tone: 'down' },
  start: { word: 'Start', tone: 'started' },
  log: { word: 'Log', tone: 'neutral' },
  ign: { word: 'Ignored', tone: 'neutral' },
  unknown: { word: 'Of a newer release', tone: 'neutral' },
};

/** @type {Record<NotificationEvent['outcome'], { word: string, tone: Tone }>} */
const OUTCOMES = {
  sent: { word: 'Sent', tone: 'neutral' },
  refused: { word: 'Refused', tone: 'down' },
  gave_up: { word: 'Gave up', tone: 'down' },
  skipped: { word: 'Skipped', tone: 'grace' },
  unknown: { word: 'Of a newer release', tone: 'grace' },
};

/** @type {Record<string, string>} */
const REASONS = {
  timeout: 'no ping came in time',
  fail: 'the job reported a failure',
  nag: 'still down',
  unknown: 'only a newer release knows why',
};

/** @type {Record<string, string>} */
const STATES = { new: 'New', up: 'Up', down: 'Down', paused: 'Paused', grace: 'Late' };

/** @param {LogEvent} event @returns {{ word: string, tone: Tone }} */
export const headingOf = (event) => {
  switch (event.type) {
    case 'ping': {
      const heading = PINGS[event.kind];
      return event.exit_status ? { ...heading, word: `Exit status ${event.exit_status}` } : heading;
    }
    case 'flip':
      return {
        word: `${STATES[event.from] ?? event.from} → ${STATES[event.to] ?? event.to}`,
        tone: event.to === 'down' ? 'down' : event.to === 'up' ? 'up' : 'neutral',
      };
    case 'notification':
      return OUTCOMES[event.outcome];
  }
};

/** Why a check changed, in words; empty where there is nothing to add. @param {FlipEvent} flip */
export const reasonOf = (flip) => (flip.reason ? (REASONS[flip.reason] ?? flip.reason) : '');

/** Who was told, and how. @param {NotificationEvent} notification */
export const recipientOf = ({ kind, channel_name: name }) =>
  `${kind === 'email' ? 'E-mail' : kind.charAt(0).toUpperCase() + kind.slice(1)} to ${name}`;

/**
 * When and why a check went down last, as far as its log says.
 *
 * @param {LogEvent[]} events newest first
 * @returns {FlipEvent | undefined}
 */
export const lastFall = (events) => events.filter((event) => event.type === 'flip').find(({ to }) => to === 'down');

/** @typedef {'all' | 'ping' | 'flip' | 'notification'} Facet */

/** @type {ReadonlyMap<Facet, string>} */
export const FACETS = new Map([
  ['all', 'All'],
  ['ping', 'Pings'],
  ['flip', 'Changes'],
  ['notification', 'Alerts'],
]);

/**
 * A log under its days, newest first as it came.
 *
 * @param {LogEvent[]} events
 * @param {Facet} facet
 * @returns {{ day: string, events: LogEvent[] }[]}
 */
export const byDay = (events, facet) => {
  /** @type {{ day: string, events: LogEvent[] }[]} */
  const days = [];
  for (const event of events) {
    if (facet !== 'all' && event.type !== facet) continue;
    const heading = day(Date.parse(event.at));
    const latest = days.at(-1);
    if (latest?.day === heading) latest.events.push(event);
    else days.push({ day: heading, events: [event] });
  }
  return days;
};

/** A name that stays with an entry from one reading to the next. @param {LogEvent} event */
export const keyOf = (event) => {
  switch (event.type) {
    case 'ping':
      return `ping ${event.n}`;
    case 'flip':
      return `flip ${event.at} ${event.to}`;
    case 'notification':
      return `notification ${event.at} ${event.channel}`;
  }
};
