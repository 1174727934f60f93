import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hrefOf, routeOf } from '../../js/domain/route.js';

describe('An address', () => {
  it('leads where it says, and back', () => {
    const routes = /** @type {const} */ ([
      { view: 'checks', query: '' },
      { view: 'checks', query: 'q=db&tag=prod' },
      { view: 'new-check' },
      { view: 'check', id: '3f2c' },
      { view: 'edit-check', id: '3f2c' },
      { view: 'integrations' },
      { view: 'outbox' },
      { view: 'data' },
      { view: 'api', query: '' },
      { view: 'api', query: 'q=pause' },
    ]);
    for (const route of routes) assert.deepEqual(routeOf(hrefOf(route)), route);
  });

  it('is the list of checks where it is empty', () => {
    for (const hash of ['', '#', '#/', '#/checks/']) assert.deepEqual(routeOf(hash), { view: 'checks', query: '' });
  });

  it('is nowhere where nothing answers to it', () => {
    for (const hash of ['#/nothing', '#/checks/3f2c/burn', '#/checks/new/edit/more', '#/outbox/1', '#/data/1']) {
      assert.deepEqual(routeOf(hash), { view: 'nowhere' }, hash);
    }
  });
});
