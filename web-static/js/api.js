import { heard, standingOf } from './domain/data-version.js';
import { problemOf } from './domain/problem.js';

/** @import { Check } from './domain/check.js' */
/** @import { Channel, ChannelKind } from './domain/channel.js' */
/** @import { DataVersion, Standing } from './domain/data-version.js' */
/** @import { LogEvent } from './domain/log.js' */
/** @import { Problem } from './domain/problem.js' */

/**
 * @typedef {{ valid: true, kind: string, next: string[] } | { valid: false, error: string, position?: number | null }} SchedulePreview
 */

/**
 * @typedef {{ to: string, from: string, subject: string, text: string, html: string | null, headers: Record<string, string> }} Mail
 */

/** @typedef {{ project: { uuid: string, name: string }, api_key: string }} LocalSession */

/** The server answered, and the answer was no. */
export class Refusal extends Error {
  /** @param {number} status @param {Problem} problem */
  constructor(status, problem) {
    super(problem.reason);
    this.status = status;
    this.problem = problem;
  }
}

/** No answer came: the network, or whatever stands in front of the server. */
export class Unreachable extends Error {
  constructor() {
    super('Rollcall does not answer. Trying again.');
  }
}

/** Tells by a `change` event when the server stops or starts answering. */
class Connection extends EventTarget {
  lost = false;

  /** @param {boolean} lost */
  report(lost) {
    if (lost === this.lost) return;
    this.lost = lost;
    this.dispatchEvent(new Event('change'));
  }
}

export const connection = new Connection();

/** Tells by a `change` event how this release stands to the data, as far as answers say. */
class Data extends EventTarget {
  /** Null while the data is this release's. @type {Standing | null} */
  standing = null;

  /** @param {Standing | null} standing */
  report(standing) {
    if (standing === this.standing) return;
    this.standing = standing;
    this.dispatchEvent(new Event('change'));
  }
}

export const data = new Data();

const LEVEL = 'Rollcall-Data-Level';

const PATIENCE_MS = 15_000;

/** Statuses with which a gateway says that there is nobody behind it. */
const GATEWAY = new Set([502, 503, 504]);

/**
 * @param {string} method
 * @param {string} path
 * @param {{ key?: string, body?: unknown }} [options]
 * @returns {Promise<Response>} a successful one; anything else is thrown as `Refusal` or `Unreachable`
 */
const ask = async (method, path, { key, body } = {}) => {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: { ...(key && { 'X-Api-Key': key }), ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    connection.report(true);
    throw new Unreachable();
  }
  const { ok, status } = response;
  const answer = ok ? undefined : parsed(await response.text());
  data.report(heard(data.standing, { status, level: response.headers.get(LEVEL), body: answer, keyed: key !== undefined }));
  // Who cannot read the data answers as a gateway would, but is there, and says what helps.
  const isThere = !GATEWAY.has(status) || (data.standing?.fit === 'unreadable' && typeof answer === 'object');
  connection.report(!isThere);
  if (!isThere) throw new Unreachable();
  if (ok) return response;
  throw new Refusal(status, problemOf(status, answer));
};

/** @param {string} text */
const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** @param {string} method @param {string} path @param {{ key?: string, body?: unknown }} [options] */
const askJson = async (method, path, options) => (await ask(method, path, options)).json();

/** The API's own description, as OpenAPI has it. @returns {Promise<Record<string, any>>} */
export const readDescription = () => askJson('GET', '/api/openapi.json');

/** Statuses by which a server says that it does not know a call. */
const UNKNOWN = new Set([404, 405]);

const CHECKS = '/api/v3/checks/';
const OWN = '/api/rollcall/v1';

/** The management API and Rollcall's own, as far as the dashboard uses them, with one project's key. */
export class Api {
  #key;

  /** @param {string} key */
  constructor(key) {
    this.#key = key;
  }

  /** @param {string} method @param {string} path @param {unknown} [body] */
  #json(method, path, body) {
    return askJson(method, path, { key: this.#key, body });
  }

  /** @returns {Promise<Check[]>} */
  async checks() {
    return (await this.#json('GET', CHECKS)).checks;
  }

  /**
   * With its address for mail. A release that does not know that call, gone back to while this page is open, shows the rest.
   *
   * @param {string} id
   * @returns {Promise<Check>}
   */
  async check(id) {
    const name = encodeURIComponent(id);
    try {
      return await this.#json('GET', `${OWN}/checks/${name}`);
    } catch (error) {
      if (!(error instanceof Refusal && UNKNOWN.has(error.status))) throw error;
      return this.#json('GET', CHECKS + name);
    }
  }

  /** @param {unknown} body @returns {Promise<Check>} */
  createCheck(body) {
    return this.#json('POST', CHECKS, body);
  }

  /** @param {string} id @param {unknown} body @returns {Promise<Check>} */
  updateCheck(id, body) {
    return this.#json('POST', CHECKS + encodeURIComponent(id), body);
  }

  /** @param {string} id @param {'pause' | 'resume'} action @returns {Promise<Check>} */
  switchCheck(id, action) {
    return this.#json('POST', `${CHECKS}${encodeURIComponent(id)}/${action}`, {});
  }

  /** @param {string} id */
  async deleteCheck(id) {
    await ask('DELETE', CHECKS + encodeURIComponent(id), { key: this.#key });
  }

  /** @param {string} id @returns {Promise<LogEvent[]>} newest first */
  async events(id) {
    return (await this.#json('GET', `${OWN}/checks/${encodeURIComponent(id)}/events?limit=100`)).events;
  }

  /** @param {string} id @param {number} n @returns {Promise<string>} what a mail says, decoded */
  async text(id, n) {
    const response = await ask('GET', `${OWN}/checks/${encodeURIComponent(id)}/pings/${n}/text`, { key: this.#key });
    return response.text();
  }

  /** @param {string} id @param {number} n @returns {Promise<string>} what the ping carried, as it came */
  async body(id, n) {
    const response = await ask('GET', `${CHECKS}${encodeURIComponent(id)}/pings/${n}/body`, { key: this.#key });
    return response.text();
  }

  /** Answers whatever the data is, and without a valid key where none can be read. @returns {Promise<DataVersion>} */
  async schema() {
    const version = await this.#json('GET', `${OWN}/schema`);
    data.report(standingOf(version));
    return version;
  }

  /** @returns {Promise<Channel[]>} */
  async channels() {
    return (await this.#json('GET', `${OWN}/channels`)).channels;
  }

  /** @returns {Promise<ChannelKind[]>} */
  async channelKinds() {
    return (await this.#json('GET', `${OWN}/channels/kinds`)).kinds;
  }

  /** @param {{ kind: string, name: string, settings: Record<string, unknown>, assign_all: boolean }} channel */
  async addChannel(channel) {
    await ask('POST', `${OWN}/channels`, { key: this.#key, body: channel });
  }

  /** @param {string} id */
  async deleteChannel(id) {
    await ask('DELETE', `${OWN}/channels/${encodeURIComponent(id)}`, { key: this.#key });
  }

  /** @param {string} id */
  async testChannel(id) {
    await ask('POST', `${OWN}/channels/${encodeURIComponent(id)}/test`, { key: this.#key, body: {} });
  }

  /** @param {string} schedule @param {string} tz @returns {Promise<SchedulePreview>} */
  preview(schedule, tz) {
    return askJson('POST', `${OWN}/schedules/preview`, { body: { schedule, tz, count: 5 } });
  }
}

/** What only the local service has: caught mail and a clock that can be moved. */
export class Desk {
  /** @param {LocalSession} session */
  constructor(session) {
    this.project = session.project;
    this.key = session.api_key;
  }

  /** @returns {Promise<Mail[]>} newest first */
  async outbox() {
    return (await askJson('GET', '/_local/outbox')).toReversed();
  }

  async clearOutbox() {
    await ask('DELETE', '/_local/outbox');
  }

  /** @returns {Promise<number>} milliseconds */
  async time() {
    return instantOf((await askJson('GET', '/_local/clock')).now);
  }

  /** @param {number} seconds @returns {Promise<number>} the time then, in milliseconds */
  async advance(seconds) {
    return instantOf((await askJson('POST', '/_local/clock', { body: { advance: seconds } })).now);
  }

  /** @returns {Promise<{ flips: number, notifications: number }>} */
  sweep() {
    return askJson('POST', '/_local/sweep', { body: {} });
  }
}

/** @param {string | number} now ISO, or seconds since the epoch */
const instantOf = (now) => (typeof now === 'number' ? now * 1000 : Date.parse(now));

/** The local service, if that is what serves this page. @returns {Promise<Desk | null>} */
export const findDesk = async () => {
  try {
    const response = await ask('GET', '/_local/session');
    // A host of static files may answer any path with its front page.
    if (!response.headers.get('Content-Type')?.includes('json')) return null;
    return new Desk(await response.json());
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
};
