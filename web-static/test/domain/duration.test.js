import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inWords, period, quantityOf, roughly, runTime, secondsOf } from '../../js/domain/duration.js';

describe('A duration', () => {
  it('is entered in the longest unit that needs no fraction', () => {
    assert.deepEqual(quantityOf(7200), { amount: 2, unit: 'hour' });
    assert.deepEqual(quantityOf(5400), { amount: 90, unit: 'minute' });
    assert.deepEqual(quantityOf(604_800), { amount: 1, unit: 'week' });
    assert.deepEqual(quantityOf(61), { amount: 61, unit: 'second' });
  });

  it('comes back in seconds, also from half an hour', () => {
    assert.equal(secondsOf({ amount: 0.5, unit: 'hour' }), 1800);
    for (const seconds of [10, 60, 5400, 86_400, 31_536_000]) assert.equal(secondsOf(quantityOf(seconds)), seconds);
  });

  it('is exact in words', () => {
    assert.equal(inWords(93_600), '1 day 2 hours');
    assert.equal(inWords(61), '1 minute 1 second');
    assert.equal(inWords(0), '0 seconds');
  });

  it('is a period as one says it', () => {
    assert.equal(period(3600), 'every hour');
    assert.equal(period(300), 'every 5 minutes');
    assert.equal(period(5400), 'every 1 hour 30 minutes');
  });

  it('is rough where it only has to be felt', () => {
    assert.equal(roughly(-5), '0 s');
    assert.equal(roughly(59), '59 s');
    assert.equal(roughly(3599), '59 min');
    assert.equal(roughly(4800), '1 h 20 min');
    assert.equal(roughly(30_000), '8 h');
    assert.equal(roughly(100_000), '1 d 3 h');
    assert.equal(roughly(864_000), '10 d');
  });

  it('is precise for a short run and plain for a long one', () => {
    assert.equal(runTime(0.416), '0.42 s');
    assert.equal(runTime(59.7), '1 min 0 s');
    assert.equal(runTime(3_725), '1 h 2 min');
  });
});
