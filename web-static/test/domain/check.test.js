import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deadlineOf, progressOf, tagsOf, titleOf } from '../../js/domain/check.js';
import { NOON, aCheck, ms } from './a-check.js';

describe('A check that is up', () => {
  const check = aCheck({ status: 'up', last_ping: NOON, next_ping: '2026-11-21T13:00:00+00:00', grace: 600 });

  it('goes down a grace time after the next ping was expected', () => {
    assert.equal(deadlineOf(check), ms('2026-11-21T13:10:00Z'));
  });

  it('is half way after half of period and grace', () => {
    const progress = progressOf(check, ms('2026-11-21T12:35:00Z'));
    assert.equal(progress?.elapsed, 0.5);
    assert.equal(progress?.grace, 60 / 70);
  });

  it('is never past its whole, however late it is', () => {
    assert.equal(progressOf(check, ms('2027-01-01T00:00:00Z'))?.elapsed, 1);
  });
});

describe('A check whose run is under way', () => {
  it('must hear of its end within the grace time, even when it is down or new', () => {
    for (const status of /** @type {const} */ (['new', 'up', 'down'])) {
      const check = aCheck({ status, started: true, next_ping: NOON, grace: 600 });
      assert.equal(deadlineOf(check), ms('2026-11-21T12:10:00Z'), status);
      assert.equal(progressOf(check, ms('2026-11-21T12:05:00Z'))?.elapsed, 0.5, status);
    }
  });
});

describe('A check that waits for nothing', () => {
  it('has no deadline and no progress', () => {
    const checks = [
      aCheck({ status: 'new' }),
      aCheck({ status: 'down', last_ping: NOON, next_ping: NOON }),
      aCheck({ status: 'paused', last_ping: NOON, next_ping: NOON }),
    ];
    for (const check of checks) {
      assert.equal(deadlineOf(check), null);
      assert.equal(progressOf(check, ms(NOON)), null);
    }
  });
});

describe('What a check is called', () => {
  it('is its name, else its slug, else that it has none', () => {
    assert.equal(titleOf(aCheck({ name: 'Backup', slug: 'backup' })), 'Backup');
    assert.equal(titleOf(aCheck({ name: '', slug: 'backup' })), 'backup');
    assert.equal(titleOf(aCheck({ name: '', slug: '' })), 'Unnamed check');
  });

  it('has no tags where there are only spaces', () => {
    assert.deepEqual(tagsOf(aCheck({ tags: '  ' })), []);
    assert.deepEqual(tagsOf(aCheck({ tags: ' prod  db ' })), ['prod', 'db']);
  });
});
