import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { channelsIn, checkIn, checksIn, dataVersionIn, listIn, NoAnswer } from '../../js/domain/answer.js';
import { aCheck, NOON } from './a-check.js';

const STRANGE = [null, undefined, 0, '', 'ok', [], {}, { error: 'no' }, { checks: {} }, { checks: 'none' }];

describe('an answer', () => {
  it('with checks is understood as it is', () => {
    const checks = [aCheck(), aCheck({ last_ping: NOON, next_ping: NOON })];
    assert.deepEqual(checksIn({ checks }), { checks, unreadable: [] });
    assert.deepEqual(checksIn({ checks: [] }), { checks: [], unreadable: [] });
  });

  it('of a read-only key is understood', () => {
    const { uuid, ping_url, channels, ...rest } = aCheck();
    const check = { ...rest, unique_key: 'f00' };
    assert.deepEqual(checkIn(check), check);
  });

  it('of a newer release is understood if it only says more', () => {
    const check = { ...aCheck(), status: 'sleeping', colour: 'red' };
    assert.deepEqual(checkIn(check), check);
  });

  it('names what could not be read', () => {
    assert.deepEqual(checksIn({ checks: [], unreadable: [{ uuid: 'a' }, { unique_key: 'b' }, {}] }).unreadable, [
      'a',
      'b',
      'unknown',
    ]);
    assert.deepEqual(channelsIn({ channels: [], unreadable: [{ id: 'c' }] }), { channels: [], unreadable: ['c'] });
    for (const unreadable of ['some', null, [1]])
      assert.throws(() => checksIn({ checks: [], unreadable }), NoAnswer);
  });

  for (const body of STRANGE) {
    it(`is none of Rollcall’s: ${JSON.stringify(body)}`, () => {
      assert.throws(() => checksIn(body), NoAnswer);
      assert.throws(() => checkIn(body), NoAnswer);
      assert.throws(() => dataVersionIn(body), NoAnswer);
    });
  }

  for (const name of ['uuid', 'name', 'slug', 'tags', 'desc', 'status', 'grace', 'n_pings', 'last_ping', 'next_ping']) {
    it(`with a check without its ${name} is none, and is not shown in part`, () => {
      const { [name]: _, ...lame } = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (aCheck()));
      assert.throws(() => checksIn({ checks: [aCheck(), lame] }), NoAnswer);
    });
  }

  it('with a time that is none is none', () => {
    assert.throws(() => checkIn(aCheck({ last_ping: 'yesterday' })), NoAnswer);
  });

  it('with a list is understood if the list is one of objects', () => {
    assert.deepEqual(listIn({ events: [{ n: 1 }] }, 'events'), [{ n: 1 }]);
    for (const body of [{ events: [1] }, { events: [null] }, { other: [] }, { events: null }])
      assert.throws(() => listIn(body, 'events'), NoAnswer);
  });

  it('about the data is understood if it has what is shown', () => {
    const version = { level: 1, phase: 'steady', release: {}, releases: [], history: [], events: [] };
    assert.equal(dataVersionIn(version), version);
    assert.throws(() => dataVersionIn({ ...version, history: undefined }), NoAnswer);
  });
});
