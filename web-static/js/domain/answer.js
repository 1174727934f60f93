/** @import { Check } from './check.js' */
/** @import { Channel } from './channel.js' */
/** @import { DataVersion } from './data-version.js' */

/** The checks of a project; `unreadable` has ids. @typedef {{ checks: Check[], unreadable: string[] }} Checks */

/** The channels of a project; `unreadable` has ids. @typedef {{ channels: Channel[], unreadable: string[] }} Channels */

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

/**
 * What else a list has: ids of what the server cannot read.
 *
 * @param {unknown} body
 * @returns {string[]} none where the answer does not speak of them
 * @throws {NoAnswer}
 */
export const unreadableIn = (body) => {
  if (!isObject(body) || body.unreadable === undefined) return [];
  return listIn(body, 'unreadable').map((item) => {
    const { uuid, unique_key, id } = /** @type {Record<string, unknown>} */ (item);
    return String(uuid ?? unique_key ?? id ?? 'unknown');
  });
};

/** @param {unknown} body @returns {Checks} @throws {NoAnswer} */
export const checksIn = (body) => ({ checks: listIn(body, 'checks').map(checkIn), unreadable: unreadableIn(body) });

/** @param {unknown} body @returns {Channels} @throws {NoAnswer} */
export const channelsIn = (body) => ({ channels: listIn(body, 'channels'), unreadable: unreadableIn(body) });

/** @param {unknown} body @returns {DataVersion} @throws {NoAnswer} */
export const dataVersionIn = (body) => {
  if (!isObject(body) || !isObject(body.release) || typeof body.phase !== 'string')
    throw new NoAnswer('no data version');
  listIn(body, 'releases');
  listIn(body, 'history');
  listIn(body, 'events');
  return /** @type {DataVersion} */ (/** @type {unknown} */ (body));
};
