import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { full, moment, relative, zones } from '../../js/domain/time.js';
import { NOON, ms } from './a-check.js';

describe('A time', () => {
  it('is said from here and now, before and after', () => {
    const noon = ms(NOON);
    assert.equal(relative(noon, noon + 2000), 'just now');
    assert.equal(relative(noon, noon + 90_000), '1 min ago');
    assert.equal(relative(noon, noon - 3_600_000), 'in 1 h');
  });

  it('is written in the zone that is asked for', () => {
    assert.match(full(ms(NOON), 'America/New_York'), /Sat,? 21 Nov 2026.* 07:00:00/);
    assert.match(moment(ms('2026-11-21T23:30:00Z'), 'Europe/Riga'), /Sun,? 22 Nov.* 01:30/);
  });
});

describe('The time zones on offer', () => {
  it('begin with UTC and have the own one once, known or not', () => {
    assert.equal(zones()[0], 'UTC');
    assert.equal(zones('Mars/Olympus')[1], 'Mars/Olympus');
    assert.equal(zones('Europe/Riga').filter((zone) => zone === 'Europe/Riga').length, 1);
  });
});
