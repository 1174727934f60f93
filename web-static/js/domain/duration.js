/** @typedef {'second' | 'minute' | 'hour' | 'day' | 'week'} Unit */

/** A duration as a person enters it. @typedef {{ amount: number, unit: Unit }} Quantity */

/** Seconds in each unit, the longest first. @type {ReadonlyMap<Unit, number>} */
export const UNITS = new Map([
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
]);

/** @param {Quantity} quantity */
export const secondsOf = ({ amount, unit }) => Math.round(amount * (UNITS.get(unit) ?? 1));

/**
 * The longest unit that says a duration without a fraction: 90 minutes stay minutes, 7200 s become 2 hours.
 *
 * @param {number} seconds
 * @returns {Quantity}
 */
export const quantityOf = (seconds) => {
  for (const [unit, length] of UNITS) {
    if (seconds >= length && seconds % length === 0) return { amount: seconds / length, unit };
  }
  return { amount: seconds, unit: 'second' };
};

/** @param {number} amount @param {string} unit */
const counted = (amount, unit) => `${amount} ${unit}${amount === 1 ? '' : 's'}`;

/** Exact, for what somebody set: “1 day 2 hours”. @param {number} seconds */
export const inWords = (seconds) => {
  const parts = [];
  let rest = Math.round(seconds);
  for (const [unit, length] of UNITS) {
    const amount = Math.floor(rest / length);
    if (amount > 0) parts.push(counted(amount, unit));
    rest -= amount * length;
  }
  return parts.join(' ') || '0 seconds';
};

/** As `every` says it: “every hour”, “every 5 minutes”. @param {number} seconds */
export const period = (seconds) => {
  const words = inWords(seconds);
  return `every ${/^1 \w+$/.test(words) ? words.slice(2) : words}`;
};

/** Rough and short, for what has passed or is to come: “3 h 20 min”. @param {number} seconds */
export const roughly = (seconds) => {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) return `${s} s`;
  const minutes = Math.floor(s / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 || hours >= 6 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  if (days < 7 && hours % 24 !== 0 && days < 3) return `${days} d ${hours % 24} h`;
  return days < 730 ? `${days} d` : `${Math.floor(days / 365)} years`;
};

/** How long a run took: “0.42 s”, “1 min 12 s”. @param {number} seconds */
export const runTime = (seconds) => {
  if (seconds < 10) return `${Number(seconds.toFixed(2))} s`;
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
};
