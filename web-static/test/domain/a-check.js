/** @import { Check } from '../../js/domain/check.js' */

export const NOON = '2026-11-21T12:00:00+00:00';

/** @param {string} iso */
export const ms = (iso) => Date.parse(iso);

/** @param {Partial<Check>} part @returns {Check} an hourly check that was never pinged, but for what is given */
export const aCheck = (part = {}) => ({
  uuid: part.name ?? 'a-check',
  name: 'Backup',
  slug: '',
  tags: '',
  desc: '',
  grace: 3600,
  n_pings: 0,
  status: 'new',
  started: false,
  last_ping: null,
  next_ping: null,
  manual_resume: false,
  methods: '',
  start_kw: '',
  success_kw: '',
  failure_kw: '',
  filter_http_body: false,
  filter_default_fail: false,
  ping_url: 'https://example.org/ping/a-check',
  channels: '',
  ...('schedule' in part ? {} : { timeout: 3600 }),
  ...part,
});
