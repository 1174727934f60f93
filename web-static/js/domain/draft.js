import { quantityOf, secondsOf } from './duration.js';
import { kindOf, plainCron } from './schedule.js';

/** @import { Check } from './check.js' */
/** @import { Quantity } from './duration.js' */
/** @import { ScheduleKind } from './schedule.js' */

/**
 * A check while somebody fills in its form: everything that can be entered, whichever schedule is chosen, so that
 * changing one's mind loses nothing.
 *
 * @typedef {object} Draft
 * @property {string} name
 * @property {string} slug
 * @property {string} tags
 * @property {string} desc
 * @property {ScheduleKind} kind
 * @property {Quantity} timeout
 * @property {Quantity} grace
 * @property {string} cron
 * @property {string} oncalendar
 * @property {string} tz
 * @property {string} start_kw
 * @property {string} success_kw
 * @property {string} failure_kw
 * @property {boolean} filter_http_body
 * @property {boolean} filter_default_fail
 * @property {string} methods
 * @property {boolean} manual_resume
 * @property {string[]} channels ids
 */

/**
 * What a check starts as: daily with an hour's grace, telling everybody.
 *
 * @param {string} tz
 * @param {string[]} channels
 * @returns {Draft}
 */
export const blank = (tz, channels) => ({
  name: '',
  slug: '',
  tags: '',
  desc: '',
  kind: 'simple',
  timeout: { amount: 1, unit: 'day' },
  grace: { amount: 1, unit: 'hour' },
  cron: '0 3 * * *',
  oncalendar: '*-*-* 03:00',
  tz,
  start_kw: '',
  success_kw: '',
  failure_kw: '',
  filter_http_body: false,
  filter_default_fail: false,
  methods: '',
  manual_resume: false,
  channels,
});

/** @param {Check} check @param {string} tz for when the schedule becomes a calendar's @returns {Draft} */
export const draftOf = (check, tz) => {
  const kind = kindOf(check);
  const { timeout, cron, oncalendar } = blank(tz, []);
  return {
    name: check.name,
    slug: check.slug,
    tags: check.tags,
    desc: check.desc,
    kind,
    timeout: check.timeout === undefined ? timeout : quantityOf(check.timeout),
    grace: quantityOf(check.grace),
    cron: kind === 'cron' ? (check.schedule ?? '') : cron,
    oncalendar: kind === 'oncalendar' ? (check.schedule ?? '') : oncalendar,
    tz: check.tz ?? tz,
    start_kw: check.start_kw,
    success_kw: check.success_kw,
    failure_kw: check.failure_kw,
    filter_http_body: check.filter_http_body,
    filter_default_fail: check.filter_default_fail,
    methods: check.methods,
    manual_resume: check.manual_resume,
    channels: (check.channels ?? '').split(',').filter(Boolean),
  };
};

/** The expression that the chosen kind of schedule uses, with cron's names as fields; null for a simple period. @param {Draft} draft */
export const expressionOf = ({ kind, cron, oncalendar }) =>
  kind === 'cron' ? plainCron(cron) : kind === 'oncalendar' ? plainCron(oncalendar) : null;

/** The body of the management API's write. @param {Draft} draft @returns {Record<string, unknown>} */
export const bodyOf = (draft) => {
  const { kind, timeout, grace, cron: _cron, oncalendar: _oncalendar, tz, channels, ...plain } = draft;
  const expression = expressionOf(draft);
  return {
    ...plain,
    name: plain.name.trim(),
    tags: plain.tags.trim().replace(/[\s,]+/g, ' '),
    grace: secondsOf(grace),
    channels: channels.join(','),
    ...(expression === null ? { timeout: secondsOf(timeout) } : { schedule: expression, tz }),
  };
};

/** The slug that a name suggests: “Nightly Backup (db)” gives `nightly-backup-db`. @param {string} name */
export const slugOf = (name) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100);
