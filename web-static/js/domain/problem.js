/**
 * What the server found wrong, and with which field, if it was one.
 *
 * @typedef {{ field: string | null, reason: string }} Problem
 */

const VALIDATION = /^json validation error: (\w+) (.+)$/s;

/**
 * Reads the management API's `{"error": "json validation error: timeout is too small"}`.
 *
 * @param {number} status of the answer
 * @param {unknown} body parsed JSON, or the text
 * @returns {Problem}
 */
export const problemOf = (status, body) => {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : body;
  const text = typeof error === 'string' ? error.trim() : '';
  // The API's “wrong api key” also means a right key that is only for reading.
  if (status === 401) return { field: null, reason: byStatus(status) };
  const found = VALIDATION.exec(text);
  if (found) return { field: found[1], reason: sentence(`${nameOf(found[1])} ${found[2]}`) };
  const remedy =
    typeof body === 'object' && body !== null && 'remedy' in body && typeof body.remedy === 'string' ? body.remedy : '';
  if (text && !text.startsWith('<')) return { field: null, reason: `${sentence(text)} ${remedy}`.trim() };
  return { field: null, reason: byStatus(status) };
};

/** @type {Record<string, string>} */
const NAMES = {
  tz: 'time zone',
  timeout: 'period',
  grace: 'grace time',
  desc: 'description',
  start_kw: 'start keywords',
  success_kw: 'success keywords',
  failure_kw: 'failure keywords',
};

/** @param {string} field */
const nameOf = (field) => NAMES[field] ?? field.replaceAll('_', ' ');

/** @param {string} text */
const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

/** @param {number} status */
const byStatus = (status) => {
  if (status === 401) return 'This key may not do that.';
  if (status === 403) return 'Not allowed: the project has reached its limit, or this belongs to another project.';
  if (status === 404) return 'There is no such thing here (any more).';
  if (status === 409) return 'Something else changed at the same time. Try again.';
  if (status === 429) return 'Too many requests. Wait a minute and try again.';
  return `The server could not do that (status ${status}).`;
};
