import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { describe as read, exampleOf, found, paragraphs } from '../../js/domain/openapi.js';

const SERVED = JSON.parse(
  readFileSync(new URL('../../../functions/api/src/main/resources/dev/rollcall/api/openapi.json', import.meta.url), 'utf8'),
);
const { groups, title } = read(SERVED, 'https://rollcall.example.org');
const operations = groups.flatMap((group) => group.operations);

/** @param {string} id */
const operation = (id) => {
  const one = operations.find((each) => each.id === id);
  assert.ok(one, id);
  return one;
};

describe('The description of the API', () => {
  it('is shown whole, each call in a group', () => {
    const documented = Object.values(SERVED.paths).flatMap((item) => Object.values(item).filter((node) => node.operationId));
    assert.equal(title, 'Rollcall');
    assert.deepEqual(
      operations.map(({ id }) => id).sort(),
      documented.map(({ operationId }) => operationId).sort(),
    );
    assert.ok(groups.every((group) => group.operations.length > 0));
  });

  it('shows a call with its key, its parameters and what to type', () => {
    const deletion = operation('deleteCheck');
    assert.equal(deletion.method, 'DELETE');
    assert.match(deletion.keys.join(), /read-write/);
    assert.deepEqual(
      deletion.parameters.map(({ name, required }) => [name, required]),
      [
        ['version', true],
        ['check', true],
      ],
    );
    assert.equal(
      deletion.command,
      'curl -X DELETE https://rollcall.example.org/api/v3/checks/3c1ad0e5-2b1f-4b5e-9a0c-5d0f6f3f8a11 \\\n  -H "X-Api-Key: $api_key"',
    );
  });

  it('puts a body into the command, safe from the shell', () => {
    assert.match(operation('createCheck').command, /\n {2}-d '\{"name":"Nightly backup"/);
    assert.doesNotMatch(operation('pauseCheck').command, / -d /);
    assert.match(operation('pauseCheck').command, /^curl -X POST /);
    const document = structuredClone(SERVED);
    document.paths['/ping/{check}'].post.requestBody = {
      content: { '*/*': { schema: { type: 'string' }, examples: { quoted: { value: "it's done" } } } },
    };
    const ping = read(document, '').groups[0].operations.find(({ id }) => id === 'successWithBody');
    assert.match(ping?.command ?? '', /-d 'it'\\''s done'$/);
  });

  it('lists the fields of an answer, those that it builds on included', () => {
    const [reply] = operation('showCheck').replies;
    assert.deepEqual(
      reply.shapes.map((shape) => shape.title),
      ['Check', 'ReadOnlyCheck'],
    );
    const fields = new Map(reply.shapes[0].fields.map((field) => [field.name, field]));
    assert.equal(fields.get('name')?.type, 'string');
    assert.equal(fields.get('last_ping')?.type, 'string or null');
    assert.equal(fields.get('uuid')?.required, true);
    assert.equal(fields.get('last_duration')?.required, false);
    assert.equal(fields.get('subject')?.deprecated, true);
  });

  it('lists the fields of an answer that builds on one that builds on another', () => {
    const [{ shapes, samples }] = operation('showOwnCheck').replies;
    const fields = new Map(shapes[0].fields.map((field) => [field.name, field]));
    assert.deepEqual(
      ['name', 'uuid', 'ping_email'].map((name) => fields.get(name)?.required),
      [true, true, false],
    );
    const check = JSON.parse(samples[0].text);
    assert.match(check.ping_email, /@ping\.example\.org$/);
    assert.ok('timeout' in check && !('schedule' in check));
  });

  it('says within what limits a field may be', () => {
    const fields = new Map(operation('createCheck').body?.shapes[0].fields.map((field) => [field.name, field]));
    assert.deepEqual(fields.get('timeout')?.limits, ['60 to 31536000', 'Default 86400']);
    assert.deepEqual(fields.get('methods')?.limits, ['One of "", "POST"', 'Default ""']);
    assert.deepEqual(fields.get('name')?.limits, ['At most 100 characters']);
    assert.deepEqual(fields.get('unique')?.limits, ['Of name, slug, tags, timeout, grace', 'Default []']);
  });

  it('shows the bodies of errors, and headers with those that come along', () => {
    const refused = operation('listChecks').replies.find(({ status }) => status === '401');
    assert.deepEqual(
      refused?.samples.map(({ text }) => JSON.parse(text)),
      [{ error: 'missing api key' }, { error: 'wrong api key' }],
    );
    assert.ok(refused?.headers.some(({ name }) => name === 'Access-Control-Allow-Methods'));
  });

  it('makes an example of an answer from those of its fields', () => {
    const check = /** @type {Record<string, unknown>} */ (exampleOf(SERVED, { $ref: '#/components/schemas/Check' }));
    assert.equal(check.name, 'Nightly backup');
    assert.equal(check.timeout, 86400);
    assert.ok(!('schedule' in check));
    assert.ok('uuid' in check);
    assert.equal(exampleOf(SERVED, { type: 'integer', default: 3 }), 3);
  });
});

describe('A search of the API', () => {
  /** @param {string} search */
  const ids = (search) => found(groups, search).flatMap((group) => group.operations.map(({ id }) => id));

  it('finds by address, field, status and error', () => {
    assert.deepEqual(ids('/pause'), ['pauseCheck']);
    assert.ok(ids('manual_resume').includes('createCheck'));
    assert.ok(ids('ambiguous slug').includes('startByName'));
    assert.deepEqual(ids('409 /resume'), ['resumeCheck']);
  });

  it('wants every word, in any case', () => {
    assert.deepEqual(ids('RESUME waits check'), ['resumeCheck']);
    assert.deepEqual(ids('resume nonsense'), []);
    assert.equal(ids('  ').length, operations.length);
  });
});

describe('A text of the description', () => {
  it('has paragraphs with code and strong words', () => {
    assert.deepEqual(paragraphs('**Keys** go into `X-Api-Key`.\n\nPings need none.'), [
      [
        { kind: 'strong', text: 'Keys' },
        { kind: 'text', text: ' go into ' },
        { kind: 'code', text: 'X-Api-Key' },
        { kind: 'text', text: '.' },
      ],
      [{ kind: 'text', text: 'Pings need none.' }],
    ]);
    assert.deepEqual(paragraphs(''), []);
  });
});
