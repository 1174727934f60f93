// healthchecks.io pings a URL at once and then every few minutes, until it is stopped.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import heartbeats from 'healthchecks.io';

const { ROLLCALL_SITE: site, ROLLCALL_API_KEY } = process.env;
const headers = { 'X-Api-Key': ROLLCALL_API_KEY };

async function ask(path, more) {
  const answer = await fetch(site + path, { headers, ...more });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer.json();
}

async function heardTimes(uuid, count) {
  const end = Date.now() + 30_000;
  for (;;) {
    const check = await ask(`/api/v3/checks/${uuid}`);
    if (check.n_pings >= count) return check;
    assert.ok(Date.now() < end, `${check.n_pings} pings came, not ${count}`);
    await pause(20);
  }
}

const { uuid, ping_url: url } = await ask('/api/v3/checks/', { method: 'POST', body: '{"name": "heartbeat"}' });
const heartbeat = heartbeats.healthcheck(url, 30);
heartbeat.on('error', (error) => assert.fail(error));
assert.equal((await heardTimes(uuid, 1)).status, 'up');
heartbeat.stop();
heartbeat.start();
await heardTimes(uuid, 2);
heartbeat.stop();
