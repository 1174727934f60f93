import { inWords, period } from './duration.js';

/** @import { Check } from './check.js' */

/** @typedef {'simple' | 'cron' | 'oncalendar'} ScheduleKind */

/**
 * One line of five fields is cron; everything else that is not a period is OnCalendar, as the API decides it.
 *
 * @param {string} expression
 * @returns {ScheduleKind}
 */
export const kindOfExpression = (expression) =>
  !expression.trim().includes('\n') && expression.trim().split(/\s+/).length === 5 ? 'cron' : 'oncalendar';

/** @type {Readonly<Record<string, string>>} */
const MACROS = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

/**
 * The five fields that a name of cron such as `@daily` stands for, which is what every call of the API takes; any other
 * expression as it is.
 *
 * @param {string} expression
 */
export const plainCron = (expression) => MACROS[expression.trim().toLowerCase()] ?? expression.trim();

/** @param {Pick<Check, 'schedule'>} check @returns {ScheduleKind} */
export const kindOf = (check) => (check.schedule === undefined ? 'simple' : kindOfExpression(check.schedule));

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** @param {string[]} items */
const listed = (items) =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;

/** @param {number} n */
const ordinal = (n) => {
  const teens = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${teens ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;
};

/** @param {string} field @returns {number[] | null} the numbers of a plain list; null for anything richer */
const numbers = (field) => (/^\d+(,\d+)*$/.test(field) ? field.split(',').map(Number) : null);

/** @param {string} field */
const weekday = (field) => {
  const named = field
    .toUpperCase()
    .replace(/SUN|MON|TUE|WED|THU|FRI|SAT/g, (name) =>
      String(WEEKDAYS.findIndex((full) => full.toUpperCase().startsWith(name))),
    );
  const range = /^([0-7])-([0-7])$/.exec(named);
  if (range) return `${WEEKDAYS[Number(range[1]) % 7]} to ${WEEKDAYS[Number(range[2]) % 7]}`;
  const days = numbers(named);
  return days?.every((n) => n <= 7) ? listed(days.map((n) => WEEKDAYS[n % 7])) : null;
};

/**
 * A cron expression in words where it is of a common form. A wrong sentence would be worse than none, so anything
 * else is left to speak for itself.
 *
 * @param {string} expression
 * @returns {string | null}
 */
export const cronInWords = (expression) => {
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 5) return null;
  const [minute, hour, date, month, dow] = fields;
  if (month !== '*' || (date !== '*' && dow !== '*')) return null;

  const days = dow === '*' ? '' : weekday(dow);
  if (days === null) return null;
  const dates = date === '*' ? [] : numbers(date);
  if (dates === null) return null;
  const on = days ? ` on ${days}` : dates.length ? ` on the ${listed(dates.map(ordinal))} of the month` : '';

  const step = /^\*\/(\d+)$/;
  if (hour === '*') {
    if (minute === '*' || minute === '*/1') return `every minute${on}`;
    const every = step.exec(minute);
    // */7 does not come every 7 minutes: it starts anew with each hour.
    if (every) return 60 % Number(every[1]) === 0 ? `every ${every[1]} minutes${on}` : null;
  }
  const minutes = numbers(minute);
  if (minutes === null || minutes.length !== 1 || minutes[0] > 59) return null;
  const mm = String(minutes[0]).padStart(2, '0');
  if (hour === '*') return `every hour at :${mm}${on}`;
  const everyHours = step.exec(hour);
  if (everyHours) return 24 % Number(everyHours[1]) === 0 ? `every ${everyHours[1]} hours at :${mm}${on}` : null;
  const hours = numbers(hour);
  if (hours === null || hours.some((h) => h > 23)) return null;
  const times = listed(hours.map((h) => `${String(h).padStart(2, '0')}:${mm}`));
  return on ? `${times}${on}` : `daily at ${times}`;
};

/**
 * The schedule alone: “every hour”, “daily at 03:00”, or the expression itself.
 *
 * @param {Pick<Check, 'schedule' | 'timeout'>} check
 */
export const inWordsShort = ({ schedule, timeout }) =>
  schedule === undefined ? period(timeout ?? 0) : (cronInWords(schedule) ?? schedule.trim().replace(/\s*\n\s*/g, '; '));

/**
 * Schedule, zone and grace: “daily at 03:00 (Europe/Riga), 1 hour grace”.
 *
 * @param {Pick<Check, 'schedule' | 'timeout' | 'tz' | 'grace'>} check
 */
export const inWordsLong = (check) => {
  const zone = check.schedule === undefined ? '' : ` (${check.tz ?? 'UTC'})`;
  return `${inWordsShort(check)}${zone}, ${inWords(check.grace)} grace`;
};
