import { roughly } from './duration.js';

/** @param {number} at milliseconds @param {number} now milliseconds */
export const relative = (at, now) => {
  const seconds = (now - at) / 1000;
  if (Math.abs(seconds) < 3) return 'just now';
  return seconds > 0 ? `${roughly(seconds)} ago` : `in ${roughly(-seconds)}`;
};

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * Making a format costs a hundred times as much as using one.
 *
 * @param {string} name
 * @param {Intl.DateTimeFormatOptions} options
 * @param {string} [zone]
 */
const format = (name, options, zone) => {
  const key = `${name} ${zone ?? ''}`;
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
    formats.set(key, found);
  }
  return found;
};

/**
 * “Sat 21 Nov 2026, 09:34:39 UTC”.
 *
 * @param {number} at milliseconds
 * @param {string} [zone] IANA name; the reader's own if absent
 */
export const full = (at, zone) =>
  format(
    'full',
    {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'short',
    },
    zone,
  ).format(at);

/** “Sat 21 Nov, 09:34”. @param {number} at milliseconds @param {string} [zone] */
export const moment = (at, zone) =>
  format(
    'moment',
    { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
    zone,
  ).format(at);

/** “Saturday 21 November 2026”. @param {number} at milliseconds @param {string} [zone] */
export const day = (at, zone) =>
  format('day', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, zone).format(at);

/** “09:34:39”. @param {number} at milliseconds @param {string} [zone] */
export const clockTime = (at, zone) =>
  format('clock', { hour: '2-digit', minute: '2-digit', second: '2-digit' }, zone).format(at);

/** The time alone where it is today, the date as well where it is not. @param {number} at @param {number} now */
export const brief = (at, now) =>
  day(at) === day(now) ? format('brief', { hour: '2-digit', minute: '2-digit' }).format(at) : moment(at);

/** Every time zone that a check can have, UTC first. @param {string} [own] one that must be among them */
export const zones = (own) => [...new Set(['UTC', ...(own ? [own] : []), ...Intl.supportedValuesOf('timeZone')])];
