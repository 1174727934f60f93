// All calls of healthchecks-io-client, in each version of the API.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { HealthChecksApiClient, HealthChecksPingClient } from 'healthchecks-io-client';

const { ROLLCALL_SITE: site, ROLLCALL_API_KEY, ROLLCALL_READ_KEY } = process.env;

const status = (code) => (error) => error.statusCode === code || assert.fail(`${code} was due, and there came ${error}`);

async function manage(api) {
  const { channels } = await api.getIntegrations();
  assert.deepEqual(channels.map(({ kind, name }) => [kind, name]), [['email', 'Operations']]);

  const made = await api.createCheck({
    name: 'Backup', tags: 'node nightly', desc: 'all disks', timeout: 7200, grace: 600, channels: '*', unique: ['name'],
  });
  const uuid = made.ping_url.split('/').at(-1);
  assert.deepEqual(
    [made.name, made.tags, made.desc, made.timeout, made.grace, made.status, made.channels],
    ['Backup', 'node nightly', 'all disks', 7200, 600, 'new', channels[0].id],
  );
  const again = await api.createCheck({ name: 'Backup', grace: 900, unique: ['name'] });
  assert.deepEqual([again.ping_url, again.grace], [made.ping_url, 900]);
  const cron = await api.createCheck({ name: 'Cron', tags: 'node', schedule: '15 5 * * *', tz: 'Europe/Riga' });
  assert.deepEqual([cron.schedule, cron.tz], ['15 5 * * *', 'Europe/Riga']);

  const names = async (tags) => (await api.getChecks(tags)).checks.map(({ name }) => name).sort();
  assert.deepEqual(await names(), ['Backup', 'Cron']);
  assert.deepEqual(await names(['node', 'nightly']), ['Backup']);
  assert.deepEqual(await api.getCheck(uuid), again);
  const changed = await api.updateCheck(uuid, { name: 'Copies', tags: '' });
  assert.deepEqual([changed.name, changed.tags, changed.desc], ['Copies', '', 'all disks']);
  assert.equal((await api.pauseCheck(uuid)).status, 'paused');

  const cronId = cron.ping_url.split('/').at(-1);
  assert.equal((await api.deleteCheck(cronId)).name, 'Cron');
  await assert.rejects(api.getCheck(cronId), status(404));
  await assert.rejects(api.createCheck({ name: 'x', schedule: 'not a schedule' }), status(400));

  await ping(uuid);
  const { pings } = await api.listPings(uuid);
  assert.deepEqual(pings.map(({ type }) => type).reverse(), ['start', 'success', 'success', 'fail', 'fail']);
  assert.deepEqual(pings.map(({ method }) => method).reverse(), ['GET', 'GET', 'POST', 'GET', 'POST']);
  const flips = (answer) => answer.flips.map(({ up }) => up);
  assert.deepEqual(flips(await api.listFlips(uuid)).slice(0, 2), [0, 1]);
  assert.deepEqual(flips(await api.listFlips(uuid, { start: 4_000_000_000, end: 4_000_000_001 })), []);
  assert.deepEqual(flips(await api.listFlips(uuid, { seconds: 3600 })).slice(0, 2), [0, 1]);
  await api.deleteCheck(uuid);
}

async function ping(uuid) {
  const job = new HealthChecksPingClient({ uuid, baseUrl: `${site}/ping`, returnResponse: true });
  assert.equal(await job.start(), 'OK');
  assert.equal(await job.success(), 'OK');
  assert.equal(await job.success('went well'), 'OK');
  assert.equal(await job.fail(), 'OK');
  assert.equal(await job.fail('went wrong'), 'OK');
  const unknown = new HealthChecksPingClient({ uuid: randomUUID(), baseUrl: `${site}/ping` });
  await assert.rejects(unknown.success(), status(404));
}

async function onlyRead(api, writer) {
  const made = await writer.createCheck({ name: 'For all to see' });
  const [listed] = (await api.getChecks()).checks;
  assert.deepEqual([listed.name, listed.ping_url], ['For all to see', undefined]);
  assert.equal((await api.getCheck(listed.unique_key)).name, 'For all to see');
  await assert.rejects(api.createCheck({ name: 'x' }), status(401));
  await writer.deleteCheck(made.ping_url.split('/').at(-1));
}

for (const apiVersion of [1, 2, 3]) {
  const client = (apiKey) => new HealthChecksApiClient({ apiKey, baseUrl: site, apiVersion });
  await manage(client(ROLLCALL_API_KEY));
  await onlyRead(client(ROLLCALL_READ_KEY), client(ROLLCALL_API_KEY));
  await assert.rejects(client('no such key').getChecks(), status(401));
}
