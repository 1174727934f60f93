import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { causeOfAnswer, causeOfSilence, isOfWhatWasAsked, waitOf } from '../../js/domain/cause.js';

const NOW = Date.parse('2026-11-28T12:00:00Z');

/** @param {number} status @param {string | null} [reason] @param {string | null} [retryAfter] */
const answered = (status, reason = null, retryAfter = null) => causeOfAnswer({ status, reason, retryAfter }, NOW);

describe('the cause of silence', () => {
  it('is the device if that has no network, else a time-out, else the way to the server', () => {
    assert.equal(causeOfSilence({ online: false, timedOut: false }).reason, 'This device is offline.');
    assert.equal(causeOfSilence({ online: false, timedOut: true }).kind, 'offline');
    assert.equal(causeOfSilence({ online: true, timedOut: true }).reason, 'Rollcall did not answer within 15 seconds.');
    assert.equal(causeOfSilence({ online: true, timedOut: false }).reason, 'Rollcall does not answer.');
  });
});

describe('the cause of a refusal', () => {
  it('has a kind for every status', () => {
    const kinds = [400, 401, 403, 404, 409, 410, 418, 429, 500, 501, 502, 503, 504, 505].map(
      (status) => answered(status).kind,
    );
    assert.deepEqual(kinds, [
      'refused',
      'key',
      'forbidden',
      'gone',
      'conflict',
      'gone',
      'refused',
      'busy',
      'broken',
      'broken',
      'unavailable',
      'unavailable',
      'unavailable',
      'broken',
    ]);
  });

  it('is told in the server’s words where those help', () => {
    assert.equal(answered(403, 'This belongs to another project.').reason, 'This belongs to another project.');
    assert.equal(answered(409, 'Deploy release 0.3.0.').reason, 'Deploy release 0.3.0.');
    assert.equal(answered(503, 'The disk is full.').reason, 'The disk is full.');
    assert.equal(answered(503).reason, 'The service is not available (status 503).');
    assert.equal(answered(418).reason, 'The server refused (status 418).');
  });

  it('is told in our words where the server’s would mislead or say too much', () => {
    assert.equal(answered(401, 'This key may not do that.').reason, 'The API key was refused.');
    assert.equal(answered(500, 'NullPointerException').reason, 'The server failed (status 500).');
  });

  it('may lie in what was asked for, or not', () => {
    const statuses = [400, 401, 403, 404, 409, 410, 429, 500, 503];
    const those = statuses.filter((status) => isOfWhatWasAsked(answered(status)));
    assert.deepEqual(those, [400, 401, 403, 404, 410]);
  });
});

describe('Retry-After', () => {
  it('is seconds or a date', () => {
    assert.equal(waitOf('7', NOW), 7000);
    assert.equal(waitOf(' 7 ', NOW), 7000);
    assert.equal(waitOf('Sat, 28 Nov 2026 12:00:30 GMT', NOW), 30_000);
  });

  it('asks for nothing where it is absent, past or makes no sense', () => {
    for (const header of [null, '', '0', '-5', 'soon', '1.5e', 'Sat, 28 Nov 2026 11:59:00 GMT'])
      assert.equal(waitOf(header, NOW), 0, String(header));
  });

  it('makes nobody blind for more than five minutes', () => {
    for (const header of ['86400', '99999999999999999999', 'Sun, 29 Nov 2099 12:00:00 GMT'])
      assert.equal(waitOf(header, NOW), 300_000, header);
  });

  it('stands with the cause', () => {
    assert.equal(answered(429, 'Too many requests.', '20').retryAfterMs, 20_000);
    assert.equal(answered(500).retryAfterMs, 0);
  });
});
