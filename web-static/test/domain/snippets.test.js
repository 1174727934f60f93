import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { favicon } from '../../js/domain/favicon.js';
import { snippetsFor } from '../../js/domain/snippets.js';

describe('Every snippet', () => {
  for (const { id, code } of snippetsFor('https://example.org/ping/3f2c')) {
    it(`pings the check from ${id}`, () => assert.match(code, /https:\/\/example\.org\/ping\/3f2c/));
  }
});

describe('The icon of the tab', () => {
  it('counts what is down, two digits at most', () => {
    assert.doesNotMatch(decodeURIComponent(favicon(0)), /<text/);
    assert.match(decodeURIComponent(favicon(3)), />3<\/text>/);
    assert.match(decodeURIComponent(favicon(120)), />99<\/text>/);
    assert.match(decodeURIComponent(favicon(null)), />\?<\/text>/);
    assert.equal(new Set([0, 1, null].map((down) => favicon(down).match(/fill%3D%22%23\w+/)?.[0])).size, 3);
  });
});
