import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { causeOfAnswer } from '../../js/domain/cause.js';
import { ACTING_MS, ATTENTION_MS, HIDDEN_MS, IDLE_MS, isActing, paceOf, pauseOf } from '../../js/domain/pace.js';
import { answer, ask, fail, hurry, NOTHING, turnTo } from '../../js/domain/reading.js';

/** @import { Reading } from '../../js/domain/reading.js' */

const NOW = Date.parse('2026-11-28T12:00:00Z');
const ACTING = { hidden: false, acted: NOW };
const IDLE = { hidden: false, acted: NOW - ATTENTION_MS };
const HIDDEN = { hidden: true, acted: NOW };

const asked = ask(turnTo(NOTHING, ['A']), NOW);
const read = answer(asked, asked.turn, 'up');

/** @param {number} times @param {{ chance?: number, retryAfter?: string | null }} [how] @returns {Reading<string>} */
const failing = (times, { chance = 0, retryAfter = null } = {}) => {
  /** @type {Reading<string>} */
  let reading = read;
  const cause = causeOfAnswer({ status: 503, reason: null, retryAfter }, NOW);
  for (let i = 0; i < times; i++) {
    reading = ask(reading, NOW);
    reading = fail(reading, reading.turn, cause, NOW, chance);
  }
  return reading;
};

describe('the pace', () => {
  it('is quick only while somebody acts', () => {
    assert.equal(paceOf(ACTING, NOW + ATTENTION_MS - 1), ACTING_MS);
    assert.equal(paceOf(ACTING, NOW + ATTENTION_MS), IDLE_MS);
    assert.equal(paceOf(IDLE, NOW), IDLE_MS);
    assert.deepEqual([isActing(ACTING, NOW), isActing(IDLE, NOW), isActing(HIDDEN, NOW)], [true, false, false]);
  });

  it('goes on where nobody sees the page, in time for a browser that wakes it once a minute', () => {
    assert.equal(paceOf(HIDDEN, NOW), HIDDEN_MS);
    assert.ok(HIDDEN_MS > 50_000 && HIDDEN_MS < 60_000);
  });

  it('may be another while somebody acts, and is none the quicker for it when nobody does', () => {
    assert.equal(paceOf(ACTING, NOW, 10_000), 10_000);
    assert.equal(paceOf(ACTING, NOW, 1500), 1500);
    assert.equal(paceOf(IDLE, NOW, 1500), IDLE_MS);
    assert.equal(paceOf(IDLE, NOW, 20_000), 20_000);
    assert.equal(paceOf(HIDDEN, NOW, 1500), HIDDEN_MS);
  });
});

describe('the pause before the next question', () => {
  it('is none where nobody asks, or a question is open', () => {
    assert.equal(pauseOf(NOTHING, ACTING, NOW), null);
    assert.equal(pauseOf(asked, ACTING, NOW), null);
    assert.equal(pauseOf(hurry(asked), ACTING, NOW), null);
  });

  it('is over when somebody comes', () => {
    assert.equal(pauseOf(turnTo(read, ['B']), HIDDEN, NOW), 0);
  });

  it('counts from the last question', () => {
    assert.equal(pauseOf(read, ACTING, NOW + 1000), 2000);
    assert.equal(pauseOf(read, ACTING, NOW + 5000), 0);
    assert.equal(pauseOf(read, IDLE, NOW + 5000), 10_000);
    assert.equal(pauseOf(read, HIDDEN, NOW + 5000), HIDDEN_MS - 5000);
  });

  it('is over when somebody looks again or the network is back, but not within a second', () => {
    assert.equal(pauseOf(hurry(read), ACTING, NOW + 400), 600);
    assert.equal(pauseOf(hurry(read), HIDDEN, NOW + 1000), 0);
    assert.equal(pauseOf(hurry(failing(9)), IDLE, NOW + 1000), 0);
  });

  it('is bounded where the clock was set back', () => {
    assert.equal(pauseOf(read, ACTING, NOW - 3600_000), ACTING_MS);
    assert.equal(pauseOf(failing(9), ACTING, NOW - 3600_000), 30_000);
    assert.equal(pauseOf(failing(1, { retryAfter: '20' }), ACTING, NOW - 3600_000), 20_000);
  });

  it('grows with each failure, to a minute at most, spread by chance', () => {
    const pauses = [1, 2, 3, 4, 5, 20].map((times) => [
      pauseOf(failing(times), ACTING, NOW),
      pauseOf(failing(times, { chance: 1 }), ACTING, NOW),
    ]);
    assert.deepEqual(pauses, [
      [3000, 6000],
      [6000, 12_000],
      [12_000, 24_000],
      [24_000, 48_000],
      [30_000, 60_000],
      [30_000, 60_000],
    ]);
  });

  it('is never shorter after a failure than after an answer', () => {
    for (const attention of [ACTING, IDLE, HIDDEN]) {
      for (let times = 1; times < 30; times++) {
        const pause = pauseOf(failing(times), attention, NOW);
        assert.ok(pause !== null && pause >= paceOf(attention, NOW) && pause <= 60_000, `${times}: ${pause}`);
      }
    }
  });

  it('honours Retry-After, whoever looks', () => {
    const asksForPeace = failing(1, { retryAfter: '90' });
    assert.equal(pauseOf(asksForPeace, ACTING, NOW), 90_000);
    assert.equal(pauseOf(asksForPeace, ACTING, NOW + 89_000), 1000);
    assert.equal(pauseOf(hurry(asksForPeace), ACTING, NOW + 30_000), 60_000);
    assert.equal(pauseOf(asksForPeace, ACTING, NOW + 91_000), 0);
  });

  it('does not take a shorter Retry-After for an invitation', () => {
    assert.equal(pauseOf(failing(4, { retryAfter: '1' }), ACTING, NOW), 24_000);
  });
});
