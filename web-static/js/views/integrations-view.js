import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Refusal } from '../api.js';
import '../components/confirm-dialog.js';
import '../components/copy-button.js';
import { confirmIn } from '../components/confirm-dialog.js';
import { describedBy, field } from '../components/field.js';
import { icon } from '../components/icon.js';
import { LightElement } from '../components/light-element.js';
import { attempt, tell } from '../components/notice.js';
import { Polled } from '../components/polled.js';
import { segments } from '../components/segments.js';
import { unreadable, without } from '../components/states.js';
import { addressOf, isUnsigned, kindTitle, nameOf, settingsOf } from '../domain/channel.js';

/** @import { Api } from '../api.js' */
/** @import { Channels } from '../domain/answer.js' */
/** @import { Channel, ChannelKind, Field } from '../domain/channel.js' */
/** @import { Problem } from '../domain/problem.js' */

const ACTING_MS = 10_000;

/** Whom Rollcall tells, and how to add somebody. */
class IntegrationsView extends LightElement {
  static properties = {
    api: { attribute: false },
    kind: { state: true },
    leaving: { state: true },
    problem: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    /** @type {Api | undefined} */
    this.api = undefined;
    this.kind = '';
    /** The channel about to be deleted. @type {Channel | null} */
    this.leaving = null;
    /** @type {Problem | null} */
    this.problem = null;
    this.busy = false;
    this.state = new Polled(this, {
      who: () => (this.api ? /** @type {const} */ ([this.api]) : null),
      read: ([api], until) => this.#read(api.until(until)),
      actingMs: () => ACTING_MS,
    });
  }

  /** @param {Api} api @returns {Promise<Channels & { kinds: ChannelKind[] }>} */
  async #read(api) {
    const [channels, kinds] = await Promise.all([api.channels(), api.channelKinds()]);
    return { ...channels, kinds };
  }

  /** @param {Channel} channel */
  async #test(channel) {
    await attempt(this, async () => this.api?.testChannel(channel.id), 'A test alert is on its way.');
    await this.state.refresh();
  }

  /** @param {Channel} channel */
  async #delete(channel) {
    this.leaving = channel;
    if (!(await confirmIn(this))) return;
    await attempt(this, async () => this.api?.deleteChannel(channel.id), 'Deleted.');
    await this.state.refresh();
  }

  /** @param {SubmitEvent} event @param {ChannelKind} kind */
  async #add(event, kind) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const entered = new FormData(form);
    this.busy = true;
    this.problem = null;
    try {
      await this.api?.addChannel({
        kind: kind.kind,
        name: String(entered.get('channel-name') ?? '').trim(),
        settings: settingsOf(kind.fields, entered),
        assign_all: entered.has('assign-all'),
      });
      tell(this, 'Added.');
      form.reset();
      await this.state.refresh();
    } catch (error) {
      this.problem =
        error instanceof Refusal ? error.problem : { field: null, reason: /** @type {Error} */ (error).message };
    } finally {
      this.busy = false;
    }
  }

  render() {
    const { value } = this.state;
    if (!value) return without(this.state, 'integrations', 4);
    const { channels, kinds } = value;
    const unread = unreadable('integration', value.unreadable);
    return html`
      <div class="page-head">
        <div>
          <h1>Integrations</h1>
          <p class="lead">Whom Rollcall tells when a check goes down, and when it is up again.</p>
        </div>
      </div>
      ${unread}
      <div class="integrations">
        ${
          channels.length === 0 && unread === nothing
            ? html`<section class="empty">
                <h2>Nobody is told yet</h2>
                <p class="empty-body">
                  Add an e-mail address or a webhook, so that a silent job does not go unnoticed.
                </p>
              </section>`
            : html`<ul class="channels" aria-label="Integrations">
                ${repeat(
                  channels,
                  ({ id }) => id,
                  (channel) => this.#channel(channel, kinds),
                )}
              </ul>`
        }
        ${this.#form(kinds)}
      </div>
      <confirm-dialog
        .heading=${`Delete ${this.leaving ? nameOf(this.leaving, kinds) : ''}?`}
        .body=${'No check will use it any more.'}
        .verb=${'Delete integration'}
      ></confirm-dialog>
    `;
  }

  /** @param {Channel} channel @param {ChannelKind[]} kinds */
  #channel(channel, kinds) {
    const name = nameOf(channel, kinds);
    const address = addressOf(channel);
    return html`<li class="channel card" ?data-disabled=${channel.disabled}>
      <span class="channel-icon"
        >${icon(channel.kind === 'email' ? 'mail' : channel.kind === 'webhook' ? 'link' : 'bell')}</span
      >
      <div class="channel-about">
        <h2>${name}</h2>
        <p>
          <span class="channel-kind">${kindTitle(channel, kinds)}</span
          >${address && address !== name ? html` · <span class="channel-address">${address}</span>` : nothing}
        </p>
        ${channel.disabled ? html`<p class="error">${icon('warning')} Switched off: ${channel.last_error ?? 'its messages were refused'}</p>` : nothing}
        ${channel.last_error && !channel.disabled ? html`<p class="warn">${icon('warning')} Last message failed: ${channel.last_error}</p>` : nothing}
        ${this.#secret(channel, name)}
      </div>
      <div class="actions">
        <button
          type="button"
          class="button"
          data-size="small"
          aria-label=${`Send a test alert to ${name}`}
          @click=${() => this.#test(channel)}
        >
          ${icon('send')} Test
        </button>
        <button
          type="button"
          class="button"
          data-size="small"
          data-tone="danger-quiet"
          aria-label=${`Delete ${name}`}
          @click=${() => this.#delete(channel)}
        >
          ${icon('trash')} Delete
        </button>
      </div>
    </li>`;
  }

  /** With what a receiver verifies its messages, once somebody asks to see it. @param {Channel} channel @param {string} name */
  #secret(channel, name) {
    if (isUnsigned(channel)) return html`<p>Not signed: the data is of a release before signatures.</p>`;
    if (!channel.signing_secret) return nothing;
    return html`<details class="signing-secret">
      <summary>Signing secret <span class="visually-hidden">of ${name}</span></summary>
      <code>${channel.signing_secret}</code
      ><copy-button .text=${channel.signing_secret} .label=${`signing secret of ${name}`}></copy-button>
    </details>`;
  }

  /** @param {ChannelKind[]} kinds */
  #form(kinds) {
    const kind = kinds.find((candidate) => candidate.kind === this.kind) ?? kinds[0];
    if (!kind) return nothing;
    const unplaced = this.problem && !kind.fields.some(({ name }) => name === this.problem?.field);
    return html`<form
      class="add-channel card"
      aria-labelledby="add-channel"
      @submit=${(/** @type {SubmitEvent} */ event) => this.#add(event, kind)}
    >
      <h2 id="add-channel">Add an integration</h2>
      ${segments({
        name: 'channel-kind',
        legend: 'Kind of integration',
        choices: new Map(kinds.map((each) => [each.kind, each.title])),
        chosen: kind.kind,
        onchoose: (chosen) => {
          this.kind = chosen;
          this.problem = null;
        },
      })}
      ${unplaced ? html`<p class="form-problem" role="alert">${icon('warning')} ${this.problem?.reason}</p>` : nothing}
      ${field(
        { id: 'channel-name', label: 'Name', optional: true, hint: 'What lists and logs call it.' },
        html`<input
          id="channel-name"
          name="channel-name"
          type="text"
          maxlength="100"
          autocomplete="off"
          aria-describedby=${describedBy('channel-name')}
        />`,
      )}
      ${repeat(
        kind.fields,
        ({ name }) => `${kind.kind} ${name}`,
        (each) => this.#setting(each),
      )}
      <div class="checkbox">
        <input type="checkbox" id="assign-all" name="assign-all" checked /><label for="assign-all"
          >Use it for every existing check</label
        >
      </div>
      <button class="button" data-tone="primary" ?disabled=${this.busy}>
        ${this.busy ? 'Adding…' : `Add ${kind.title}`}
      </button>
    </form>`;
  }

  /** @param {Field} setting */
  #setting(setting) {
    const id = `setting-${setting.name}`;
    const error = this.problem?.field === setting.name ? this.problem.reason : null;
    if (setting.type === 'checkbox') {
      return html`<div class="checkbox">
        <input
          type="checkbox"
          id=${id}
          name=${setting.name}
          ?checked=${setting.default === true}
          aria-describedby=${describedBy(id)}
        />
        <label for=${id}>${setting.label}</label>
        ${setting.help ? html`<p class="hint" id=${`${id}-hint`}>${setting.help}</p>` : nothing}
      </div>`;
    }
    return field(
      { id, label: setting.label, hint: setting.help, error, optional: !setting.required },
      this.#control(setting, id, error !== null),
    );
  }

  /** @param {Field} setting @param {string} id @param {boolean} invalid */
  #control({ name, type, options, required, secret, default: preset }, id, invalid) {
    const shared = { described: describedBy(id), invalid: invalid ? 'true' : 'false', required: required ?? false };
    if (type === 'select') {
      return html`<select
        id=${id}
        name=${name}
        ?required=${shared.required}
        aria-invalid=${shared.invalid}
        aria-describedby=${shared.described}
      >
        ${(options ?? []).map((option) => html`<option value=${option} ?selected=${option === preset}>${option}</option>`)}
      </select>`;
    }
    if (type === 'textarea' || type === 'headers') {
      return html`<textarea
        id=${id}
        name=${name}
        rows="3"
        class="mono"
        placeholder=${type === 'headers' ? 'Authorization: Bearer …' : nothing}
        ?required=${shared.required}
        aria-invalid=${shared.invalid}
        aria-describedby=${shared.described}
      ></textarea>`;
    }
    return html`<input
      id=${id}
      name=${name}
      type=${secret ? 'password' : type}
      value=${preset ?? nothing}
      autocomplete="off"
      ?required=${shared.required}
      aria-invalid=${shared.invalid}
      aria-describedby=${shared.described}
    />`;
  }
}

customElements.define('integrations-view', IntegrationsView);
