import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blank, bodyOf, draftOf, slugOf } from '../../js/domain/draft.js';
import { aCheck } from './a-check.js';

describe('A new check', () => {
  it('is daily with an hour of grace and tells everybody', () => {
    const body = bodyOf({ ...blank('Europe/Riga', ['a', 'b']), name: ' Backup ', tags: 'prod,  db ' });
    assert.equal(body.timeout, 86_400);
    assert.equal(body.grace, 3600);
    assert.equal(body.channels, 'a,b');
    assert.equal(body.name, 'Backup');
    assert.equal(body.tags, 'prod db');
    assert.equal('schedule' in body || 'tz' in body, false);
  });
});

describe('A draft', () => {
  it('sends only the schedule that is chosen', () => {
    const draft = { ...blank('UTC', []), cron: ' 5 4 * * * ', oncalendar: 'daily' };
    assert.deepEqual(pick(bodyOf({ ...draft, kind: 'cron' })), {
      schedule: '5 4 * * *',
      tz: 'UTC',
      timeout: undefined,
    });
    assert.deepEqual(pick(bodyOf({ ...draft, kind: 'oncalendar' })), {
      schedule: 'daily',
      tz: 'UTC',
      timeout: undefined,
    });
    assert.equal('cron' in bodyOf(draft), false);
  });

  it('gives back the check that it was made from', () => {
    for (const check of [
      aCheck({ channels: 'a,b', tags: 'x y', methods: 'POST' }),
      aCheck({ schedule: 'Mon 09:00', tz: 'Europe/Riga' }),
    ]) {
      const body = bodyOf(draftOf(check, 'UTC'));
      for (const [name, value] of Object.entries(body)) assert.deepEqual(value, Reflect.get(check, name), name);
    }
  });

  it('writes a name of cron as its fields, which every call of the API takes', () => {
    const draft = { ...blank('UTC', []), cron: '@daily', oncalendar: ' @weekly ' };
    assert.equal(bodyOf({ ...draft, kind: 'cron' }).schedule, '0 0 * * *');
    assert.equal(bodyOf({ ...draft, kind: 'oncalendar' }).schedule, '0 0 * * 0');
  });

  /** @param {Record<string, unknown>} body */
  function pick({ schedule, tz, timeout }) {
    return { schedule, tz, timeout };
  }
});

describe('The slug that a name suggests', () => {
  it('has only what a slug may have', () => {
    assert.equal(slugOf('Nightly Backup (db_1)'), 'nightly-backup-db_1');
    assert.equal(slugOf('Überprüfung — täglich!'), 'uberprufung-taglich');
    assert.equal(slugOf('日本'), '');
    assert.equal(slugOf('x'.repeat(150)).length, 100);
  });
});
