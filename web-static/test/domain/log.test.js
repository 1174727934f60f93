import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { byDay, headingOf, keyOf, lastFall, reasonOf, recipientOf } from '../../js/domain/log.js';

/** @import { FlipEvent, NotificationEvent, PingEvent } from '../../js/domain/log.js' */

/** @param {Partial<PingEvent>} part @returns {PingEvent} */
const aPing = (part = {}) => ({
  type: 'ping',
  kind: 'success',
  n: 1,
  at: '2026-11-21T12:00:00.5+00:00',
  scheme: 'https',
  method: 'GET',
  remote_addr: null,
  ua: '',
  rid: null,
  exit_status: null,
  duration: null,
  body_url: null,
  ...part,
});

/** @type {FlipEvent} */
const fall = { type: 'flip', at: '2026-11-21T11:00:00+00:00', from: 'up', to: 'down', reason: 'timeout' };
/** @type {FlipEvent} */
const earlierFall = { ...fall, at: '2026-11-01T11:00:00+00:00', reason: 'fail' };
/** @type {NotificationEvent} */
const refusal = {
  type: 'notification',
  at: '2026-11-21T11:00:01+00:00',
  channel: 'c',
  channel_name: 'Ops',
  kind: 'email',
  outcome: 'refused',
  error: '550',
};

describe('An entry of the log', () => {
  it('is headed by what it means, with its tone', () => {
    assert.deepEqual(headingOf(aPing()), { word: 'Success', tone: 'up' });
    assert.deepEqual(headingOf(aPing({ kind: 'fail', exit_status: 17 })), { word: 'Exit status 17', tone: 'down' });
    assert.deepEqual(headingOf(aPing({ exit_status: 0 })), { word: 'Success', tone: 'up' });
    assert.deepEqual(headingOf(fall), { word: 'Up → Down', tone: 'down' });
    assert.deepEqual(headingOf({ ...fall, from: 'up', to: 'paused' }), { word: 'Up → Paused', tone: 'neutral' });
    assert.deepEqual(headingOf(refusal), { word: 'Refused', tone: 'down' });
  });

  it('gives the reason for a change in words, and one it does not know as it came', () => {
    assert.equal(reasonOf(fall), 'no ping came in time');
    assert.equal(reasonOf({ ...fall, reason: 'too-short' }), 'too-short');
    assert.equal(reasonOf({ ...fall, reason: null }), '');
  });

  it('says who was told', () => {
    assert.equal(recipientOf(refusal), 'E-mail to Ops');
    assert.equal(recipientOf({ ...refusal, kind: 'webhook' }), 'Webhook to Ops');
  });

  it('has a name of its own', () => {
    const events = [aPing(), aPing({ n: 2 }), fall, earlierFall, refusal, { ...refusal, channel: 'd' }];
    assert.equal(new Set(events.map(keyOf)).size, events.length);
  });
});

describe('A log', () => {
  const events = [aPing(), refusal, fall, aPing({ n: 0, at: '2026-11-10T10:00:00+00:00' }), earlierFall];

  it('stands under its days in the order in which it came', () => {
    assert.deepEqual(
      byDay(events, 'all').map(({ events: some }) => some.length),
      [3, 1, 1],
    );
  });

  it('shows one kind of entry, and no day without any', () => {
    assert.deepEqual(
      byDay(events, 'flip').flatMap(({ events: some }) => some),
      [fall, earlierFall],
    );
    assert.deepEqual(byDay([aPing()], 'notification'), []);
  });

  it('knows the last fall', () => {
    assert.equal(lastFall(events), fall);
    assert.equal(lastFall([aPing()]), undefined);
  });
});
