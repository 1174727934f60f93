import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ASLEEP, causeOfAnswer, causeOfSilence, MALFORMED, SILENT } from '../../js/domain/cause.js';
import { answer, ask, doubtOf, fail, hurry, NOTHING, sleep, turnTo, worstOf } from '../../js/domain/reading.js';

/** @import { Reading } from '../../js/domain/reading.js' */

const NOW = Date.parse('2026-11-28T12:00:00Z');
const FAILED = causeOfAnswer({ status: 500, reason: null, retryAfter: null }, NOW);
const REFUSED = causeOfAnswer({ status: 401, reason: null, retryAfter: null }, NOW);
const BUSY = causeOfAnswer({ status: 503, reason: null, retryAfter: '20' }, NOW);
const ANN = ['key of Ann', 'A'];

const idle = turnTo(NOTHING, ANN);
const asked = ask(idle, NOW);
const read = answer(asked, asked.turn, 'up');
const askedAgain = ask(read, NOW + 3000);
const failedFirst = fail(asked, asked.turn, FAILED, NOW + 5, 0.5);
const failedLater = fail(askedAgain, askedAgain.turn, FAILED, NOW + 3005, 0.5);

/** Every kind of state: with or without an asker, an open question, an answer, a failure, hurry and sleep. */
const STATES = /** @type {Record<string, Reading<string>>} */ ({
  'nobody asks': NOTHING,
  'somebody came': idle,
  'somebody came in a hurry': hurry(idle),
  'the first question is open': asked,
  'it is read': read,
  'it is read, and wanted at once': hurry(read),
  'the next question is open': askedAgain,
  'the first question failed': failedFirst,
  'a later question failed': failedLater,
  'a later question failed, and it is wanted at once': hurry(failedLater),
  'the question after a failure is open': ask(failedLater, NOW + 9000),
  'the question after a first failure is open': ask(failedFirst, NOW + 9000),
  'it sleeps, never read': sleep(asked),
  'it sleeps, once read': sleep(askedAgain),
  'it sleeps, having failed': sleep(failedLater),
  'it woke, and asks': ask(sleep(failedLater), NOW + 9000),
});

const LATER = NOW + 20_000;

/** Every event, and what must be so after it whatever was before. */
const EVENTS = /** @type {Record<string, (before: Reading<string>) => void>} */ ({
  'the same one asks on'(before) {
    assert.equal(turnTo(before, before.who && [...before.who]), before);
  },
  'another one comes'(before) {
    const after = turnTo(before, ['key of Ann', 'B']);
    assert.deepEqual(after, { ...NOTHING, who: ['key of Ann', 'B'], turn: before.turn + 1 });
  },
  'another key comes'(before) {
    const after = turnTo(before, ['key of Bob', 'A']);
    assert.deepEqual(after, { ...NOTHING, who: ['key of Bob', 'A'], turn: before.turn + 1 });
  },
  'nobody is left'(before) {
    const after = turnTo(before, null);
    if (before.who === null) assert.equal(after, before);
    else assert.deepEqual(after, { ...NOTHING, turn: before.turn + 1 });
  },
  'a question goes out'(before) {
    const after = ask(before, LATER);
    if (before.who === null) assert.equal(after, before);
    else
      assert.deepEqual(after, { ...before, turn: before.turn + 1, asking: true, asked: LATER, hurried: false });
  },
  'its question is answered'(before) {
    const after = answer(before, before.turn, 'down');
    if (!before.asking) assert.equal(after, before);
    else
      assert.deepEqual(after, {
        ...before,
        asking: false,
        hurried: false,
        known: { value: 'down', at: before.asked },
        trouble: null,
      });
  },
  'an earlier question is answered'(before) {
    assert.equal(answer(before, before.turn - 1, 'old'), before);
  },
  'a question that was never asked is answered'(before) {
    assert.equal(answer(before, before.turn + 1, 'future'), before);
  },
  'its question fails'(before) {
    const after = fail(before, before.turn, BUSY, LATER, 0.25);
    if (!before.asking) assert.equal(after, before);
    else
      assert.deepEqual(after, {
        ...before,
        asking: false,
        trouble: {
          cause: BUSY,
          tries: (before.trouble?.tries ?? 0) + 1,
          notBefore: LATER + 20_000,
          chance: 0.25,
        },
      });
  },
  'an earlier question fails'(before) {
    assert.equal(fail(before, before.turn - 1, FAILED, LATER, 0), before);
  },
  'it is wanted at once'(before) {
    const after = hurry(before);
    if (before.who === null || before.hurried) assert.equal(after, before);
    else assert.deepEqual(after, { ...before, hurried: true });
  },
  'the browser stops the page'(before) {
    const after = sleep(before);
    if (before.who === null) assert.equal(after, before);
    else {
      assert.equal(after.trouble?.cause, ASLEEP);
      assert.equal(after.trouble?.tries, before.trouble?.tries ?? 0);
      assert.equal(after.known, before.known);
      assert.equal(answer(after, before.turn, 'from before the sleep'), after);
      assert.notEqual(doubtOf(after, NOW), null);
    }
  },
});

describe('a reading', () => {
  for (const [state, before] of Object.entries(STATES)) {
    describe(`when ${state}`, () => {
      for (const [event, check] of Object.entries(EVENTS)) it(`${event}`, () => check(before));

      it('is not changed by what comes of it', () => {
        const copy = structuredClone(before);
        for (const check of Object.values(EVENTS)) check(before);
        assert.deepEqual(before, copy);
      });

      it('drops what was asked for somebody else, whatever order it comes in', () => {
        const forA = ask(before.who ? before : idle, LATER);
        const forB = ask(turnTo(forA, ['key of Ann', 'B']), LATER + 1);
        assert.equal(answer(forB, forA.turn, 'A'), forB);
        assert.equal(fail(forB, forA.turn, REFUSED, LATER + 2, 0), forB);
        const readB = answer(forB, forB.turn, 'B');
        assert.equal(answer(readB, forA.turn, 'A'), readB);
        const backAtA = turnTo(readB, forA.who);
        assert.equal(backAtA.known, null);
        assert.equal(answer(backAtA, forA.turn, 'A from before'), backAtA);
      });
    });
  }

  it('knows of the time at which it asked: the answer may be no younger', () => {
    assert.equal(read.known?.at, NOW);
  });
});

describe('doubt', () => {
  /** @param {number} times @param {Reading<string>} [from] */
  const failing = (times, from = read) => {
    let reading = from;
    for (let i = 0; i < times; i++) {
      reading = ask(reading, NOW + 3000 * (i + 1));
      reading = fail(reading, reading.turn, FAILED, NOW + 3000 * (i + 1), 0);
    }
    return reading;
  };

  it('is not raised before anything was asked for, or while the first answer is awaited', () => {
    for (const reading of [NOTHING, idle, asked]) assert.equal(doubtOf(reading, NOW + 14_000), null);
  });

  it('is not raised by an answer of a minute ago: a hidden page reads once a minute', () => {
    assert.equal(doubtOf(read, NOW + 120_000), null);
    assert.equal(doubtOf(askedAgain, NOW + 120_000), null);
  });

  it('is raised when nothing was read for long though nothing failed', () => {
    assert.deepEqual(doubtOf(read, NOW + 8 * 3600_000), { cause: SILENT, at: NOW });
    assert.deepEqual(doubtOf(askedAgain, NOW + 151_000), { cause: SILENT, at: NOW });
  });

  it('forgives one failure within ten seconds of an answer', () => {
    assert.equal(doubtOf(failing(1), NOW + 10_000), null);
    assert.deepEqual(doubtOf(failing(1), NOW + 10_001), { cause: FAILED, at: NOW });
  });

  it('is raised by the second failure, even if the clock was set back', () => {
    assert.deepEqual(doubtOf(failing(2), NOW - 3600_000), { cause: FAILED, at: NOW });
  });

  it('is raised at once where nothing was ever read', () => {
    assert.deepEqual(doubtOf(failedFirst, NOW + 5), { cause: FAILED, at: null });
  });

  it('stays while the next question is open, and ends with an answer', () => {
    const again = ask(failing(3), NOW + 20_000);
    assert.deepEqual(doubtOf(again, NOW + 20_000), { cause: FAILED, at: NOW });
    assert.equal(doubtOf(answer(again, again.turn, 'up'), NOW + 20_000), null);
  });

  it('names the newest cause, and the time of the last answer', () => {
    const again = ask(failing(3), NOW + 20_000);
    const refused = fail(again, again.turn, REFUSED, NOW + 20_005, 0);
    assert.deepEqual(doubtOf(refused, NOW + 20_005), { cause: REFUSED, at: NOW });
  });

  const CAUSES = [
    causeOfSilence({ timedOut: false, online: false }),
    causeOfSilence({ timedOut: true, online: true }),
    causeOfSilence({ timedOut: false, online: true }),
    ...[400, 401, 403, 404, 409, 410, 418, 429, 500, 502, 503, 504].map((status) =>
      causeOfAnswer({ status, reason: null, retryAfter: null }, NOW),
    ),
    MALFORMED,
  ];
  for (const cause of CAUSES) {
    it(`is raised by “${cause.reason}”`, () => {
      const again = ask(read, NOW + 15_000);
      assert.deepEqual(doubtOf(fail(again, again.turn, cause, NOW + 15_001, 0), NOW + 15_001), { cause, at: NOW });
    });
  }

  it('of the whole page is that of the list, if the list is in doubt', () => {
    const list = { cause: FAILED, at: NOW };
    assert.equal(worstOf(list, [{ cause: REFUSED, at: NOW - 5000 }, null]), list);
  });

  it('of the whole page is else that of what is oldest', () => {
    const [older, newer] = [{ cause: FAILED, at: NOW - 9000 }, { cause: MALFORMED, at: NOW - 4000 }];
    assert.equal(worstOf(null, [newer, null, older]), older);
    assert.equal(worstOf(null, [older, newer]), older);
    assert.equal(worstOf(null, [null]), null);
  });

  it('of the whole page leaves out a place that says so itself', () => {
    assert.equal(worstOf(null, [{ cause: FAILED, at: null }]), null);
  });

  it('of the whole page leaves out what is not for this key or is gone, since the list is read with the same key', () => {
    for (const status of [401, 403, 404, 410]) {
      const cause = causeOfAnswer({ status, reason: null, retryAfter: null }, NOW);
      assert.equal(worstOf(null, [{ cause, at: NOW }]), null);
    }
  });
});
