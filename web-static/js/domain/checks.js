import { CONDITIONS, is, tagsOf, titleOf } from './check.js';

/** @import { Check, Condition } from './check.js' */

/**
 * What of the list is shown, and in which order.
 *
 * @typedef {{ text: string, tags: string[], condition: Condition | null, sort: Sort }} Selection
 */

/** @typedef {'urgency' | 'name' | 'last-ping' | 'next-ping'} Sort */

/** @type {ReadonlyMap<Sort, string>} */
export const SORTS = new Map([
  ['urgency', 'Most urgent'],
  ['name', 'Name'],
  ['last-ping', 'Last ping'],
  ['next-ping', 'Next ping'],
]);

/** @type {Selection} */
export const EVERYTHING = { text: '', tags: [], condition: null, sort: 'urgency' };

/**
 * A selection as the query of an address, so that a filtered list can be bookmarked and sent.
 *
 * @param {Selection} selection
 */
export const toQuery = ({ text, tags, condition, sort }) => {
  const query = new URLSearchParams();
  if (text) query.set('q', text);
  tags.forEach((tag) => query.append('tag', tag));
  if (condition) query.set('status', condition);
  if (sort !== EVERYTHING.sort) query.set('sort', sort);
  return query.toString();
};

/** @param {URLSearchParams} query @returns {Selection} whatever of the query makes no sense is left out */
export const fromQuery = (query) => {
  const condition = /** @type {Condition} */ (query.get('status'));
  const sort = /** @type {Sort} */ (query.get('sort'));
  return {
    text: query.get('q') ?? '',
    tags: query.getAll('tag'),
    condition: CONDITIONS.has(condition) ? condition : null,
    sort: SORTS.has(sort) ? sort : EVERYTHING.sort,
  };
};

/** @param {Check} check @param {string} text */
const mentions = (check, text) =>
  [check.name, check.slug, check.tags, check.desc, check.uuid ?? '', check.schedule ?? ''].some((part) =>
    part.toLowerCase().includes(text),
  );

/** @param {Check[]} checks @param {Selection} selection without regard to its condition */
const matching = (checks, { text, tags }) => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return checks.filter(
    (check) => words.every((word) => mentions(check, word)) && tags.every((tag) => tagsOf(check).includes(tag)),
  );
};

const URGENCY = [...CONDITIONS.keys()];

/** @param {Check} check */
const urgencyOf = (check) => {
  const status = URGENCY.indexOf(check.status);
  return check.started ? Math.min(status, URGENCY.indexOf('started')) : status;
};

/** @param {Check} a @param {Check} b */
const byName = (a, b) => titleOf(a).localeCompare(titleOf(b), 'en', { numeric: true, sensitivity: 'base' });

/**
 * Later first or sooner first; what never happened comes last.
 *
 * @param {string | null} a
 * @param {string | null} b
 * @param {1 | -1} direction
 */
const byTime = (a, b, direction) => {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return (Date.parse(a) - Date.parse(b)) * direction;
};

/** @type {Record<Sort, (a: Check, b: Check) => number>} */
const ORDERS = {
  urgency: (a, b) => urgencyOf(a) - urgencyOf(b) || byName(a, b),
  name: byName,
  'last-ping': (a, b) => byTime(a.last_ping, b.last_ping, -1) || byName(a, b),
  'next-ping': (a, b) => byTime(a.next_ping, b.next_ping, 1) || byName(a, b),
};

/** @param {Check[]} checks @param {Selection} selection */
export const select = (checks, selection) => {
  const { condition, sort } = selection;
  return matching(checks, selection)
    .filter((check) => condition === null || is(check, condition))
    .sort(ORDERS[sort]);
};

/**
 * How many checks of a selection are in each condition, whichever condition is selected: what stands on the filter
 * buttons.
 *
 * @param {Check[]} checks
 * @param {Selection} selection
 * @returns {Map<Condition | null, number>} under null, all of them
 */
export const tally = (checks, selection) => {
  const found = matching(checks, selection);
  /** @type {Map<Condition | null, number>} */
  const counts = new Map([[null, found.length]]);
  for (const condition of CONDITIONS.keys()) {
    counts.set(condition, found.filter((check) => is(check, condition)).length);
  }
  return counts;
};

/** Every tag in use, the most used first. @param {Check[]} checks */
export const tagsInUse = (checks) => {
  /** @type {Map<string, number>} */
  const uses = new Map();
  checks.flatMap(tagsOf).forEach((tag) => uses.set(tag, (uses.get(tag) ?? 0) + 1));
  return [...uses].sort(([a, m], [b, n]) => n - m || a.localeCompare(b, 'en')).map(([tag]) => tag);
};

/**
 * The changes of status between two readings of the list, as sentences to be read out.
 *
 * @param {Check[]} before
 * @param {Check[]} after
 */
export const changes = (before, after) => {
  const known = new Map(before.map((check) => [check.uuid ?? check.unique_key, check.status]));
  return after
    .filter((check) => {
      const was = known.get(check.uuid ?? check.unique_key);
      return was !== undefined && was !== check.status;
    })
    .map((check) => `${titleOf(check)} is ${(CONDITIONS.get(check.status) ?? '').toLowerCase()}.`);
};

/**
 * The document's title: how many are down comes first, where a narrow tab still shows it, and a question mark where that
 * or what is shown may no longer be so.
 *
 * @param {string} page
 * @param {{ down: number | null, isDoubtful: boolean }} standing `down` is null where nobody knows
 */
export const documentTitle = (page, { down, isDoubtful }) =>
  [down ? `(${down})` : '', down === null || isDoubtful ? '(?)' : '', `${page} · Rollcall`].filter(Boolean).join(' ');
