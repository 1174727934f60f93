/**
 * A channel as a project has set it up. `signing_secret` is there where messages are signed, and null while the data has
 * none.
 *
 * @typedef {{ id: string, name: string, kind: string, settings: Record<string, unknown>, disabled: boolean, last_error: string | null, signing_secret?: string | null }} Channel
 */

/** @typedef {'email' | 'url' | 'text' | 'textarea' | 'select' | 'checkbox' | 'headers'} FieldType */

/**
 * A setting of a kind of channel, as the server describes it.
 *
 * @typedef {{ name: string, label: string, type: FieldType, options?: string[], required?: boolean, secret?: boolean, help?: string, default?: string | boolean }} Field
 */

/** @typedef {{ kind: string, title: string, fields: Field[] }} ChannelKind */

/** What tells one channel from another of its kind: its first setting that is text. @param {Channel} channel */
export const addressOf = (channel) => {
  const found = Object.values(channel.settings).find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : '';
};

/** @param {Channel} channel @param {ChannelKind[]} kinds */
export const kindTitle = (channel, kinds) => kinds.find(({ kind }) => kind === channel.kind)?.title ?? channel.kind;

/** What to call a channel that may have no name. @param {Channel} channel @param {ChannelKind[]} [kinds] */
export const nameOf = (channel, kinds = []) => channel.name || addressOf(channel) || kindTitle(channel, kinds);

/** Whether a channel's messages would be signed if it had a secret. @param {Channel} channel */
export const isUnsigned = (channel) => channel.signing_secret === null;

/**
 * Headers as lines of `Name: value`.
 *
 * @param {string} text
 * @returns {Record<string, string>} a line without a colon is left out
 */
export const headersOf = (text) =>
  Object.fromEntries(
    text
      .split('\n')
      .map((line) => /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/.exec(line))
      .filter((match) => match !== null)
      .map(([, name, value]) => [name, value]),
  );

/**
 * The settings that a filled-in form means. An optional setting left empty is not sent.
 *
 * @param {Field[]} fields
 * @param {FormData} form
 */
export const settingsOf = (fields, form) => {
  /** @type {Record<string, unknown>} */
  const settings = {};
  for (const { name, type, required } of fields) {
    if (type === 'checkbox') {
      settings[name] = form.has(name);
      continue;
    }
    const text = String(form.get(name) ?? '').trim();
    if (text === '' && !required) continue;
    settings[name] = type === 'headers' ? headersOf(text) : text;
  }
  return settings;
};
