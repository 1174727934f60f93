import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { problemOf } from '../../js/domain/problem.js';

describe('A refusal', () => {
  it('names the field and calls it as the form does', () => {
    assert.deepEqual(problemOf(400, { error: 'json validation error: timeout is too small' }), {
      field: 'timeout',
      reason: 'Period is too small.',
    });
    assert.deepEqual(problemOf(400, { error: 'json validation error: slug does not match pattern' }), {
      field: 'slug',
      reason: 'Slug does not match pattern.',
    });
  });

  it('is told as the server says it where it concerns no field', () => {
    assert.deepEqual(problemOf(400, { error: 'could not parse request body' }), {
      field: null,
      reason: 'Could not parse request body.',
    });
    assert.deepEqual(problemOf(409, 'check is not paused'), { field: null, reason: 'Check is not paused.' });
  });

  it('says what helps where the server does', () => {
    const body = { error: 'this release may read the data, but not change it', remedy: 'Deploy release 0.3.0.' };
    assert.equal(
      problemOf(409, body).reason,
      'This release may read the data, but not change it. Deploy release 0.3.0.',
    );
  });

  it('does not call a read-only key a wrong one', () => {
    assert.deepEqual(problemOf(401, { error: 'wrong api key' }), { field: null, reason: 'This key may not do that.' });
  });

  it('is told by its status where the server says nothing readable', () => {
    assert.match(problemOf(404, '<!doctype html><title>Not found</title>').reason, /no such thing/);
    assert.match(problemOf(403, '').reason, /limit/);
    assert.match(problemOf(500, { error: 7 }).reason, /500/);
  });
});
