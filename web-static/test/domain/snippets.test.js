import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { favicon } from '../../js/domain/favicon.js';
import { snippetsFor } from '../../js/domain/snippets.js';

describe('Every snippet', () => {
  for (const { id, code } of snippetsFor('https://example.org/ping/3f2c')) {
    it(`pings the check from ${id}`, () => assert.match(code, /https:\/\/example\.org\/ping\/3f2c/));
  }
});

/**
 * What a snippet's program says to a service that is out of order at first.
 *
 * @param {string} id
 * @param {string} command that reads the program from its argument
 * @param {string[]} options
 * @param {string} job what its job is
 */
async function pingsOf(id, command, options, job) {
  /** @type {string[]} */
  const heard = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes) => (body += bytes));
    request.on('end', () => {
      heard.push(`${request.url} ${body}`.trim());
      response.writeHead(heard.length === 1 ? 503 : 200, { connection: 'close' }).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const { code } = /** @type {{ code: string }} */ (
    snippetsFor(`http://127.0.0.1:${port}/ping/3f2c`).find((snippet) => snippet.id === id)
  );
  const program = `${job}\n${code.replace('1, 2, 4, 8', '0, 0, 0, 0')}`;
  const failed = await new Promise((done) => {
    execFile(command, [...options, program], { timeout: 30_000 }, (error) => done(error !== null));
  });
  server.close();
  return { failed, heard };
}

const LANGUAGES = [
  {
    id: 'python',
    command: 'python3',
    options: ['-c'],
    good: 'def run_the_job(): pass',
    bad: 'def run_the_job(): raise ValueError("no disk")',
    said: 'no disk',
  },
  {
    id: 'node',
    command: process.execPath,
    options: ['--input-type=module', '--eval'],
    good: 'async function runTheJob() {}',
    bad: 'async function runTheJob() { throw new Error("no disk"); }',
    said: 'Error: no disk',
  },
];

describe('A job that is told by a snippet', () => {
  for (const { id, command, options, good, bad, said } of LANGUAGES) {
    const skip = spawnSync(command, ['--version']).error && `there is no ${command}`;
    it(`tries again and tells its success in ${id}`, { skip }, async () => {
      assert.deepEqual(await pingsOf(id, command, options, good), {
        failed: false,
        heard: ['/ping/3f2c/start', '/ping/3f2c/start', '/ping/3f2c'],
      });
    });
    it(`tells why it failed, and fails, in ${id}`, { skip }, async () => {
      assert.deepEqual(await pingsOf(id, command, options, bad), {
        failed: true,
        heard: ['/ping/3f2c/start', '/ping/3f2c/start', `/ping/3f2c/fail ${said}`],
      });
    });
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
