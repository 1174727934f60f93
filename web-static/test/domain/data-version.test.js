import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  changeOf,
  countsOf,
  current,
  heard,
  isMoving,
  levelOf,
  phaseOf,
  progressOf,
  since,
  standingOf,
  stateOf,
  warningOf,
  zonesOf,
} from '../../js/domain/data-version.js';

/** @typedef {import('../../js/domain/data-version.js').Past} Past */
/** @typedef {import('../../js/domain/data-version.js').DataVersion} DataVersion */

/** @param {Partial<Past>} [other] @returns {Past} */
const past = (other) => ({
  id: '0001',
  title: 'Owners',
  from: 1,
  to: 2,
  state: 'applied',
  release: '0.2.0',
  by: 'deploy',
  started: '2026-11-21T12:00:00Z',
  applied: '2026-11-21T12:01:00Z',
  rolled_back: null,
  finalised: null,
  restorable_to: null,
  counts: { scanned: 1, changed: 1200, skipped: 0, failed: 0 },
  progress: null,
  ...other,
});

const progress = { pass: 1, done: 1200, total: 5000, percent: 24, per_second: 179.6, seconds_left: 21 };

/** @param {Partial<DataVersion>} [other] @returns {DataVersion} */
const version = (other) => ({
  level: 2,
  write_level: 2,
  min_reader: 1,
  min_writer: 1,
  phase: 'steady',
  paused: false,
  blocked: null,
  release: { name: '0.2.0', level: 2, reads_from: 1, fit: 'normal' },
  remedy: null,
  releases: [],
  history: [past()],
  events: [],
  unclear: [],
  ...other,
});

describe('A migration', () => {
  it('is said with how far it is, as far as that is known', () => {
    assert.equal(progressOf(progress), '1,200 of 5,000 items, 180 a second, 21 s left');
    assert.equal(progressOf({ ...progress, done: 1, total: null, per_second: 0, seconds_left: null }), '1 item');
    assert.equal(progressOf({ ...progress, per_second: 0.2, seconds_left: null }), '1,200 of 5,000 items, 1 a second');
  });

  it('is said with what came of it', () => {
    assert.equal(countsOf(past()), '1 item, 1,200 written');
    assert.match(countsOf(past({ counts: { scanned: 2, changed: 0, skipped: 0, failed: 2 } })), /2 failed$/);
    assert.equal(stateOf('rolled_back'), 'Rolled back');
  });

  it('is dated by where it stands', () => {
    const times = { applied: 'applied', rolled_back: 'back', finalised: 'final', started: 'begun' };
    assert.equal(since(past(times)), 'applied');
    assert.equal(since(past({ ...times, state: 'rolled_back' })), 'back');
    assert.equal(since(past({ ...times, state: 'finalised' })), 'final');
    assert.equal(since(past({ ...times, state: 'settling' })), 'begun');
  });

  it('moves by itself unless somebody paused it', () => {
    const working = version({ history: [past(), past({ id: '0002', progress })] });
    assert.equal(current(working)?.id, '0002');
    assert.equal(isMoving(working), true);
    assert.equal(isMoving({ ...working, paused: true }), false);
    assert.equal(isMoving({ ...working, phase: 'blocked' }), false);
    assert.equal(isMoving(version({ phase: 'settling' })), true);
    assert.equal(isMoving(version()), false);
  });
});

describe('A phase', () => {
  it('has words, even when a newer release invented it', () => {
    assert.equal(phaseOf('rolling_back').title, 'Rolling back');
    assert.equal(phaseOf(/** @type {any} */ ('pondering')).title, 'Pondering');
  });

  it('follows another', () => {
    const event = { at: null, by: null, release: '', migration: null, reason: null };
    assert.equal(changeOf({ ...event, from: 'expanding', to: 'expanded' }), 'Expanding → expanded');
    assert.equal(changeOf({ ...event, from: 'steady', to: 'steady' }), 'Steady');
  });
});

describe('How this release stands to the data', () => {
  const facts = { error: 'no', data_level: 3, remedy: 'Deploy release 0.3.0.' };
  const newer = { level: 3, fit: /** @type {const} */ ('normal'), remedy: '', isKnown: false };

  it('is unknown until an answer says that the data is newer', () => {
    assert.equal(heard(null, { status: 200, level: null, keyed: true }), null);
    assert.deepEqual(heard(null, { status: 200, level: '3', keyed: true }), newer);
  });

  it('is told by a refusal, with the remedy', () => {
    const readOnly = heard(newer, { status: 409, level: '3', body: facts, keyed: true });
    assert.deepEqual(readOnly, { level: 3, fit: 'read_only', remedy: facts.remedy, isKnown: true });
    assert.equal(heard(readOnly, { status: 200, level: '3', keyed: true }), readOnly);
    assert.equal(heard(null, { status: 503, level: '3', body: facts, keyed: true })?.fit, 'unreadable');
  });

  it('is told without a level when the data says it in a way that the server does not understand', () => {
    const strange = heard(null, { status: 503, level: null, body: { ...facts, data_level: null }, keyed: true });
    assert.deepEqual(strange, { level: null, fit: 'unreadable', remedy: facts.remedy, isKnown: true });
    assert.match(strange ? warningOf(strange) : '', /at an unknown level, and this release cannot read it.*Deploy/);
    assert.equal(levelOf(3), 'level 3');
  });

  it('is no longer unreadable once there is an answer', () => {
    const unreadable = heard(null, { status: 503, level: '3', body: facts, keyed: true });
    assert.deepEqual(heard(unreadable, { status: 200, level: '3', keyed: true }), newer);
    assert.equal(heard(unreadable, { status: 200, level: null, keyed: true }), null);
  });

  it('is not changed by what says nothing of the data', () => {
    assert.equal(heard(newer, { status: 200, level: null, keyed: false }), newer);
    assert.equal(heard(newer, { status: 409, level: null, body: 'check is not paused', keyed: true }), newer);
    assert.equal(heard(newer, { status: 503, level: null, body: { error: 'try again later' }, keyed: true }), newer);
  });

  it('is what the data itself says', () => {
    assert.equal(standingOf(version()), null);
    assert.equal(standingOf(version({ level: 3 }))?.fit, 'normal');
    const release = { name: '0.2.0', level: 2, reads_from: 2, fit: /** @type {const} */ ('unreadable') };
    assert.equal(standingOf(version({ level: 1, release, remedy: 'Deploy.' }))?.remedy, 'Deploy.');
  });

  it('is a warning with the remedy that the server names, and nothing else', () => {
    assert.match(warningOf(newer), /level 3.*newer/);
    assert.match(warningOf({ ...newer, fit: 'read_only', remedy: facts.remedy }), /change nothing\. Deploy release 0\.3\.0\.$/);
    assert.match(warningOf({ ...newer, fit: 'unreadable', remedy: facts.remedy }), /kept.*Deploy release 0\.3\.0\.$/);
  });
});

describe('The time zones’ rules', () => {
  it('are named where the release says so', () => {
    const released = { version: '2026f', source: 'release', released: '2026-10-01' };
    assert.deepEqual(zonesOf({ tzdata: { ...released, old: false } }), { version: '2026f', isOld: false });
    assert.deepEqual(zonesOf({ tzdata: { ...released, old: true } }), { version: '2026f', isOld: true });
    assert.deepEqual(zonesOf({ tzdata: released }), { version: '2026f', isOld: false });
  });

  it('are not named where it does not', () => {
    for (const version of [{}, { tzdata: null }, { tzdata: '2026f' }, { tzdata: {} }, { tzdata: { version: 7 } }, { tzdata: { version: '' } }])
      assert.equal(zonesOf(version), null);
  });
});
