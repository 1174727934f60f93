import { channelsIn, checkIn, checksIn, dataVersionIn, listIn, NoAnswer } from './domain/answer.js';
import { causeOfAnswer, causeOfSilence, isOfWhatWasAsked, MALFORMED, PATIENCE_MS } from './domain/cause.js';
import { heard, standingOf } from './domain/data-version.js';
import { problemOf } from './domain/problem.js';

/** @import { Channels, Checks } from './domain/answer.js' */
/** @import { Cause } from './domain/cause.js' */
/** @import { Check } from './domain/check.js' */
/** @import { ChannelKind } from './domain/channel.js' */
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

/** A call that did not do what was asked for. */
export class Failure extends Error {
  /** @param {Cause} why @param {string} [message] */
  constructor(why, message = why.reason) {
    super(message);
    this.why = why;
  }
}

/** The server answered, and the answer was no. */
export class Refusal extends Failure {
  /** @param {number} status @param {Problem} problem @param {Cause} why */
  constructor(status, problem, why) {
    super(why, problem.reason);
    this.status = status;
    this.problem = problem;
  }
}

/** No answer came: the network, or whatever stands in front of the server. */
export class Unreachable extends Failure {}

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

/** Statuses with which a gateway says that there is nobody behind it. */
const GATEWAY = new Set([502, 503, 504]);

/** @typedef {{ key?: string, body?: unknown, until?: AbortSignal | undefined }} Options `until` ends the call when nobody waits for it any more */

/** @typedef {{ text: string, type: string | null }} Answer */

/**
 * @param {string} method
 * @param {string} path
 * @param {Options} [options]
 * @returns {Promise<Answer>} a successful one
 * @throws {Failure} for anything else
 */
const ask = async (method, path, { key, body, until } = {}) => {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  /** @type {Response} */
  let response;
  /** @type {string} */
  let text;
  try {
    response = await fetch(path, {
      method,
      headers: { ...(key && { 'X-Api-Key': key }), ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
      cache: 'no-store',
      signal: until ? AbortSignal.any([patience, until]) : patience,
    });
    // An answer may also break off, or never end.
    text = await response.text();
  } catch {
    throw new Unreachable(causeOfSilence({ timedOut: patience.aborted, online: navigator.onLine }));
  }
  const { ok, status, headers } = response;
  const answer = ok ? undefined : parsed(text);
  data.report(heard(data.standing, { status, level: headers.get(LEVEL), body: answer, keyed: key !== undefined }));
  if (ok) return { text, type: headers.get('Content-Type') };
  const problem = problemOf(status, answer);
  const isInWords = typeof answer === 'object' && answer !== null;
  const reason = isInWords || !GATEWAY.has(status) ? problem.reason : null;
  const why = causeOfAnswer({ status, reason, retryAfter: headers.get('Retry-After') }, Date.now());
  // Who cannot read the data answers as a gateway would, but is there, and says what helps.
  const isThere = !GATEWAY.has(status) || (data.standing?.fit === 'unreadable' && isInWords);
  throw isThere ? new Refusal(status, problem, why) : new Unreachable(why);
};

/** @param {string} text */
const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/**
 * @template T
 * @param {Answer} answer
 * @param {(body: any) => T} read
 * @returns {T}
 * @throws {Failure} if it is no answer of Rollcall's
 */
const understood = ({ text }, read) => {
  try {
    return read(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof NoAnswer) throw new Failure(MALFORMED);
    throw error;
  }
};

/**
 * @template T
 * @param {string} method
 * @param {string} path
 * @param {Options} options
 * @param {(body: any) => T} read
 */
const askJson = async (method, path, options, read) => understood(await ask(method, path, options), read);

/** The API's own description, as OpenAPI has it. @param {AbortSignal} [until] @returns {Promise<Record<string, any>>} */
export const readDescription = (until) =>
  askJson('GET', '/api/openapi.json', { until }, (body) => {
    if (!body?.paths) throw new NoAnswer('no description');
    return body;
  });

/** Statuses by which a server says that it does not know a call. */
const UNKNOWN = new Set([404, 405]);

const CHECKS = '/api/v3/checks/';
const OWN = '/api/rollcall/v1';

/** The management API and Rollcall's own, as far as the dashboard uses them, with one project's key. */
export class Api {
  #key;
  #until;

  /** @param {string} key @param {AbortSignal} [until] ends its calls */
  constructor(key, until) {
    this.#key = key;
    this.#until = until;
  }

  /** The same, with calls that end when nobody waits for them any more. @param {AbortSignal} signal */
  until(signal) {
    return new Api(this.#key, signal);
  }

  /** @param {string} method @param {string} path @param {unknown} [body] */
  #ask(method, path, body) {
    return ask(method, path, { key: this.#key, body, until: this.#until });
  }

  /**
   * @template T
   * @param {string} method
   * @param {string} path
   * @param {(body: any) => T} read
   * @param {unknown} [body]
   */
  async #json(method, path, read, body) {
    return understood(await this.#ask(method, path, body), read);
  }

  /** @returns {Promise<Checks>} */
  checks() {
    return this.#json('GET', CHECKS, checksIn);
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
      return await this.#json('GET', `${OWN}/checks/${name}`, checkIn);
    } catch (error) {
      if (!(error instanceof Refusal && UNKNOWN.has(error.status))) throw error;
      return this.#json('GET', CHECKS + name, checkIn);
    }
  }

  /** @param {unknown} body @returns {Promise<Check>} */
  createCheck(body) {
    return this.#json('POST', CHECKS, checkIn, body);
  }

  /** @param {string} id @param {unknown} body @returns {Promise<Check>} */
  updateCheck(id, body) {
    return this.#json('POST', CHECKS + encodeURIComponent(id), checkIn, body);
  }

  /** @param {string} id @param {'pause' | 'resume'} action @returns {Promise<Check>} */
  switchCheck(id, action) {
    return this.#json('POST', `${CHECKS}${encodeURIComponent(id)}/${action}`, checkIn, {});
  }

  /** @param {string} id */
  async deleteCheck(id) {
    await this.#ask('DELETE', CHECKS + encodeURIComponent(id));
  }

  /** @param {string} id @returns {Promise<LogEvent[]>} newest first */
  events(id) {
    return this.#json('GET', `${OWN}/checks/${encodeURIComponent(id)}/events?limit=100`, (body) =>
      listIn(body, 'events'),
    );
  }

  /** @param {string} id @param {number} n @returns {Promise<string>} what a mail says, decoded */
  async text(id, n) {
    return (await this.#ask('GET', `${OWN}/checks/${encodeURIComponent(id)}/pings/${n}/text`)).text;
  }

  /** @param {string} id @param {number} n @returns {Promise<string>} what the ping carried, as it came */
  async body(id, n) {
    return (await this.#ask('GET', `${CHECKS}${encodeURIComponent(id)}/pings/${n}/body`)).text;
  }

  /** Answers whatever the data is, and without a valid key where none can be read. @returns {Promise<DataVersion>} */
  async schema() {
    const version = await this.#json('GET', `${OWN}/schema`, dataVersionIn);
    data.report(standingOf(version));
    return version;
  }

  /** @returns {Promise<Channels>} */
  channels() {
    return this.#json('GET', `${OWN}/channels`, channelsIn);
  }

  /** @returns {Promise<ChannelKind[]>} */
  channelKinds() {
    return this.#json('GET', `${OWN}/channels/kinds`, (body) => listIn(body, 'kinds'));
  }

  /** @param {{ kind: string, name: string, settings: Record<string, unknown>, assign_all: boolean }} channel */
  async addChannel(channel) {
    await this.#ask('POST', `${OWN}/channels`, channel);
  }

  /** @param {string} id */
  async deleteChannel(id) {
    await this.#ask('DELETE', `${OWN}/channels/${encodeURIComponent(id)}`);
  }

  /** @param {string} id */
  async testChannel(id) {
    await this.#ask('POST', `${OWN}/channels/${encodeURIComponent(id)}/test`, {});
  }

  /** @param {string} schedule @param {string} tz @returns {Promise<SchedulePreview>} */
  preview(schedule, tz) {
    return askJson('POST', `${OWN}/schedules/preview`, { body: { schedule, tz, count: 5 } }, previewIn);
  }
}

/** @param {any} body @returns {SchedulePreview} */
const previewIn = (body) => {
  if (typeof body?.valid !== 'boolean' || (body.valid && !Array.isArray(body.next))) throw new NoAnswer('no preview');
  return body;
};

/** What only the local service has: caught mail and a clock that can be moved. */
export class Desk {
  #until;

  /** @param {LocalSession} session @param {AbortSignal} [until] ends its calls */
  constructor(session, until) {
    this.session = session;
    this.project = session.project;
    this.key = session.api_key;
    this.#until = until;
  }

  /** The same, with calls that end when nobody waits for them any more. @param {AbortSignal} signal */
  until(signal) {
    return new Desk(this.session, signal);
  }

  /** @template T @param {string} method @param {string} path @param {(body: any) => T} read @param {unknown} [body] */
  #json(method, path, read, body) {
    return askJson(method, path, { body, until: this.#until }, read);
  }

  /** @returns {Promise<Mail[]>} newest first */
  outbox() {
    return this.#json('GET', '/_local/outbox', (body) => {
      /** @type {Mail[]} */
      const mails = listIn({ mails: body }, 'mails');
      return mails.toReversed();
    });
  }

  async clearOutbox() {
    await ask('DELETE', '/_local/outbox');
  }

  /** @returns {Promise<number>} milliseconds */
  time() {
    return this.#json('GET', '/_local/clock', instantIn);
  }

  /** @param {number} seconds @returns {Promise<number>} the time then, in milliseconds */
  advance(seconds) {
    return this.#json('POST', '/_local/clock', instantIn, { advance: seconds });
  }

  /** @returns {Promise<{ flips: number, notifications: number }>} */
  sweep() {
    return this.#json('POST', '/_local/sweep', (body) => body, {});
  }
}

/** @param {any} body its `now` as ISO, or in seconds since the epoch @returns {number} milliseconds */
const instantIn = (body) => {
  const now = body?.now;
  const instant = typeof now === 'number' ? now * 1000 : Date.parse(now);
  if (Number.isNaN(instant)) throw new NoAnswer('no time');
  return instant;
};

/** @param {any} body @returns {Desk} */
const deskIn = (body) => {
  if (typeof body?.api_key !== 'string' || typeof body.project?.name !== 'string') throw new NoAnswer('no session');
  return new Desk(body);
};

/**
 * The local service, if that is what serves this page.
 *
 * @param {AbortSignal} [until]
 * @returns {Promise<Desk | null>}
 * @throws {Failure} where that cannot be said
 */
export const findDesk = async (until) => {
  try {
    const answer = await ask('GET', '/_local/session', { until });
    // A host of static files may answer any path with its front page.
    return answer.type?.includes('json') ? understood(answer, deskIn) : null;
  } catch (error) {
    if (error instanceof Refusal && isOfWhatWasAsked(error.why)) return null;
    throw error;
  }
};
