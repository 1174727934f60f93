import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  EVERYTHING,
  changes,
  documentTitle,
  fromQuery,
  select,
  tagsInUse,
  tally,
  toQuery,
} from '../../js/domain/checks.js';
import { NOON, aCheck } from './a-check.js';

const backup = aCheck({ name: 'Backup 10', tags: 'prod db', status: 'up', last_ping: NOON });
const backup9 = aCheck({ name: 'Backup 9', tags: 'prod', status: 'down' });
const invoices = aCheck({
  name: 'Invoices',
  tags: 'billing prod',
  status: 'grace',
  started: true,
  last_ping: '2026-11-21T13:00:00+00:00',
});
const asleep = aCheck({ name: 'Asleep', tags: '', status: 'paused', desc: 'Woken in spring' });
const all = [backup, asleep, invoices, backup9];

/** @param {Partial<import('../../js/domain/checks.js').Selection>} selection */
const names = (selection) => select(all, { ...EVERYTHING, ...selection }).map(({ name }) => name);

describe('A list of checks', () => {
  it('begins with what is most urgent', () => {
    assert.deepEqual(names({}), ['Backup 9', 'Invoices', 'Backup 10', 'Asleep']);
  });

  it('sorts numbers in names as numbers', () => {
    assert.deepEqual(names({ sort: 'name' }), ['Asleep', 'Backup 9', 'Backup 10', 'Invoices']);
  });

  it('sorts by the last ping, never pinged ones last', () => {
    assert.deepEqual(names({ sort: 'last-ping' }), ['Invoices', 'Backup 10', 'Asleep', 'Backup 9']);
  });

  it('finds every word in any of name, tags and description', () => {
    assert.deepEqual(names({ text: 'BACK db' }), ['Backup 10']);
    assert.deepEqual(names({ text: 'spring' }), ['Asleep']);
  });

  it('keeps what has all of the tags, whole', () => {
    assert.deepEqual(names({ tags: ['prod', 'billing'] }), ['Invoices']);
    assert.deepEqual(names({ tags: ['bill'] }), []);
  });

  it('shows a late check with a run under way under both conditions', () => {
    assert.deepEqual(names({ condition: 'started' }), ['Invoices']);
    assert.deepEqual(names({ condition: 'grace' }), ['Invoices']);
  });
});

describe('The counts', () => {
  it('follow text and tags, and not the chosen condition', () => {
    const counts = tally(all, { ...EVERYTHING, tags: ['prod'], condition: 'down' });
    assert.equal(counts.get(null), 3);
    assert.equal(counts.get('up'), 1);
    assert.equal(counts.get('started'), 1);
    assert.equal(counts.get('paused'), 0);
  });

  it('put the most used tag first', () => {
    assert.deepEqual(tagsInUse(all), ['prod', 'billing', 'db']);
  });
});

describe('A selection in an address', () => {
  it('comes back as it went', () => {
    const selection = {
      text: 'a & b',
      tags: ['prod', 'db'],
      condition: /** @type {const} */ ('down'),
      sort: /** @type {const} */ ('name'),
    };
    assert.deepEqual(fromQuery(new URLSearchParams(toQuery(selection))), selection);
  });

  it('is empty where nothing is selected', () => {
    assert.equal(toQuery(EVERYTHING), '');
  });

  it('is everything where it makes no sense', () => {
    assert.deepEqual(fromQuery(new URLSearchParams('status=broken&sort=colour')), EVERYTHING);
  });
});

describe('News', () => {
  it('tells of each check whose status is another, and of no new one', () => {
    const after = [
      { ...backup, status: /** @type {const} */ ('down') },
      backup9,
      aCheck({ name: 'Newcomer', status: 'down' }),
    ];
    assert.deepEqual(changes(all, after), ['Backup 10 is down.']);
  });

  it('stands first in the title while something is down', () => {
    assert.equal(documentTitle('Checks', { down: 2, isDoubtful: false }), '(2) Checks · Rollcall');
    assert.equal(documentTitle('Checks', { down: 0, isDoubtful: false }), 'Checks · Rollcall');
  });

  it('says in the title what nobody knows', () => {
    assert.equal(documentTitle('Checks', { down: null, isDoubtful: false }), '(?) Checks · Rollcall');
    assert.equal(documentTitle('Checks', { down: null, isDoubtful: true }), '(?) Checks · Rollcall');
    assert.equal(documentTitle('Check', { down: 2, isDoubtful: true }), '(2) (?) Check · Rollcall');
    assert.equal(documentTitle('Check', { down: 0, isDoubtful: true }), '(?) Check · Rollcall');
  });
});
