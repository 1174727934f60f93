import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headersOf, isUnsigned, nameOf, settingsOf } from '../../js/domain/channel.js';

/** @import { Channel, Field } from '../../js/domain/channel.js' */

/** @type {Channel} */
const unnamed = {
  id: 'c',
  name: '',
  kind: 'email',
  settings: { up: true, value: 'ops@example.org' },
  disabled: false,
  last_error: null,
};

describe('A channel without a name', () => {
  it('is called by its address, else by its kind', () => {
    assert.equal(nameOf(unnamed), 'ops@example.org');
    assert.equal(nameOf({ ...unnamed, settings: {} }, [{ kind: 'email', title: 'E-mail', fields: [] }]), 'E-mail');
    assert.equal(nameOf({ ...unnamed, settings: {} }), 'email');
  });
});

describe('A channel whose messages are signed', () => {
  it('is unsigned while it has no secret', () => {
    assert.equal(isUnsigned({ ...unnamed, signing_secret: null }), true);
    assert.equal(isUnsigned({ ...unnamed, signing_secret: 'whsec_x' }), false);
    assert.equal(isUnsigned(unnamed), false);
  });
});

describe('A form for a channel', () => {
  /** @type {Field[]} */
  const fields = [
    { name: 'url', label: 'URL', type: 'url', required: true },
    { name: 'headers', label: 'Headers', type: 'headers' },
    { name: 'body', label: 'Body', type: 'textarea' },
    { name: 'up', label: 'When up', type: 'checkbox' },
    { name: 'down', label: 'When down', type: 'checkbox' },
  ];

  it('sends what was filled in, ticked or required, and nothing else', () => {
    const form = new FormData();
    form.set('url', ' https://example.org/ ');
    form.set('headers', 'Authorization: Bearer a:b\nnonsense\nX-Team:ops');
    form.set('body', '');
    form.set('up', 'on');
    assert.deepEqual(settingsOf(fields, form), {
      url: 'https://example.org/',
      headers: { Authorization: 'Bearer a:b', 'X-Team': 'ops' },
      up: true,
      down: false,
    });
    assert.deepEqual(settingsOf(fields, new FormData()), { url: '', up: false, down: false });
  });

  it('reads no header where there is no colon', () => {
    assert.deepEqual(headersOf(''), {});
  });
});
