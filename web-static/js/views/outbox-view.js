import { html, nothing } from 'lit';
import { icon } from '../components/icon.js';
import { LightElement } from '../components/light-element.js';
import '../components/mail-frame.js';
import { attempt } from '../components/notice.js';
import { Polled } from '../components/polled.js';
import { segments } from '../components/segments.js';
import { empty, without } from '../components/states.js';

/** @import { Desk, Mail } from '../api.js' */

/** The mails that the local service has caught instead of sending them. */
class OutboxView extends LightElement {
  static properties = { desk: { attribute: false }, opened: { state: true }, form: { state: true } };

  constructor() {
    super();
    /** @type {Desk | undefined} */
    this.desk = undefined;
    /** Which mail is read: its place from the oldest on, which stays when newer ones come. @type {number | null} */
    this.opened = null;
    /** @type {'html' | 'text' | 'headers'} */
    this.form = 'html';
    this.outbox = new Polled(this, {
      who: () => (this.desk ? /** @type {const} */ ([this.desk]) : null),
      read: ([desk], until) => desk.until(until).outbox(),
    });
  }

  async #clear() {
    await attempt(this, async () => this.desk?.clearOutbox(), 'The outbox is empty.');
    this.opened = null;
    await this.outbox.refresh();
  }

  render() {
    const { value } = this.outbox;
    if (!value) return without(this.outbox, 'the outbox', 4);
    const last = value.length - 1;
    const place = Math.min(this.opened ?? last, last);
    const mail = value[last - place];
    return html`
      <div class="page-head">
        <div>
          <h1>Outbox</h1>
          <p class="lead">Mails are caught here and sent to nobody.</p>
        </div>
        ${mail ? html`<button type="button" class="button" @click=${this.#clear}>${icon('trash')} Clear outbox</button>` : nothing}
      </div>
      ${
        mail
          ? html`<div class="outbox" ?data-reading=${this.opened !== null}>
              ${this.#list(value, place)} ${this.#mail(mail)}
            </div>`
          : empty(
              'No mail yet',
              'When a check with an e-mail integration goes down, the mail appears here. Let time pass with the virtual clock below.',
            )
      }
    `;
  }

  /** @param {Mail[]} mails newest first @param {number} place */
  #list(mails, place) {
    const last = mails.length - 1;
    return html`<ul class="mails" aria-label="Mails">
      ${mails.map(
        (mail, index) =>
          html`<li>
            <button
              type="button"
              class="mail-item"
              aria-current=${last - index === place ? 'true' : nothing}
              @click=${() => (this.opened = last - index)}
            >
              <span class="mail-subject">${mail.subject}</span>
              <span class="mail-to">${mail.to}</span>
            </button>
          </li>`,
      )}
    </ul>`;
  }

  /** @param {Mail} mail */
  #mail(mail) {
    /** @type {Map<'html' | 'text' | 'headers', string>} */
    const forms = new Map([
      ['html', 'HTML'],
      ['text', 'Text'],
      ['headers', 'Headers'],
    ]);
    if (!mail.html) forms.delete('html');
    const form = forms.has(this.form) ? this.form : 'text';
    return html`<article class="mail card" aria-label=${mail.subject}>
      <button type="button" class="button mail-back" data-size="small" @click=${() => (this.opened = null)}>
        ${icon('back')} All mails
      </button>
      <h2>${mail.subject}</h2>
      <dl class="mail-meta">
        <div>
          <dt>From</dt>
          <dd>${mail.from}</dd>
        </div>
        <div>
          <dt>To</dt>
          <dd>${mail.to}</dd>
        </div>
      </dl>
      ${segments({ name: 'mail-form', legend: 'Show as', choices: forms, chosen: form, onchoose: (chosen) => (this.form = chosen) })}
      ${form === 'html' ? html`<mail-frame .source=${mail.html ?? ''} .heading=${mail.subject}></mail-frame>` : nothing}
      ${form === 'text' ? html`<pre class="mail-text" tabindex="0">${mail.text}</pre>` : nothing}
      ${
        form === 'headers'
          ? html`<pre class="mail-text" tabindex="0">
${Object.entries(mail.headers).map(([name, value]) => `${name}: ${value}\n`)}</pre>`
          : nothing
      }
    </article>`;
  }
}

customElements.define('outbox-view', OutboxView);
