/** @import { Check } from './check.js' */
/** @import { DataVersion } from './data-version.js' */

/** An answer that is none of Rollcall's. */
export class NoAnswer extends Error {}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is drawn of a check without looking whether it is there. */
const TEXTS = ['name', 'slug', 'tags', 'desc', 'status'];

/** @param {unknown} time */
const isTime = (time) => time === null || (typeof time === 'string' && !Number.isNaN(Date.parse(time)));

/** @param {unknown} value @returns {value is Check} */
const isCheck = (value) =>
  isObject(value) &&
  TEXTS.every((name) => typeof value[name] === 'string') &&
  typeof (value.uuid ?? value.unique_key) === 'string' &&
  typeof value.grace === 'number' &&
  typeof value.n_pings === 'number' &&
  isTime(value.last_ping) &&
  isTime(value.next_ping);

/** @param {unknown} body @returns {Check} @throws {NoAnswer} */
export const checkIn = (body) => {
  if (!isCheck(body)) throw new NoAnswer('not a check');
  return body;
};

/**
 * The list under a name. One item that is none spoils it: a list that leaves out what it does not understand would show
 * fewer checks than there are.
 *
 * @template {object} T
 * @param {unknown} body
 * @param {string} name
 * @returns {T[]}
 * @throws {NoAnswer}
 */
export const listIn = (body, name) => {
  const list = isObject(body) ? body[name] : undefined;
  if (!Array.isArray(list) || !list.every(isObject)) throw new NoAnswer(`no list of ${name}`);
  return /** @type {T[]} */ (/** @type {unknown} */ (list));
};

/** @param {unknown} body @returns {Check[]} @throws {NoAnswer} */
export const checksIn = (body) => listIn(body, 'checks').map(checkIn);

/** @param {unknown} body @returns {DataVersion} @throws {NoAnswer} */
export const dataVersionIn = (body) => {
  if (!isObject(body) || !isObject(body.release) || typeof body.phase !== 'string')
    throw new NoAnswer('no data version');
  listIn(body, 'releases');
  listIn(body, 'history');
  listIn(body, 'events');
  return /** @type {DataVersion} */ (/** @type {unknown} */ (body));
};
