import { html } from 'lit';
import { Api, Failure } from '../api.js';
import { describedBy, field } from '../components/field.js';
import { LightElement } from '../components/light-element.js';

/** Asks for a project's API key where nothing else says whose checks to show. Fires `connect` with a key that works. */
class ConnectView extends LightElement {
  static properties = { error: { state: true }, busy: { state: true } };

  constructor() {
    super();
    /** @type {string | null} */
    this.error = null;
    this.busy = false;
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const key = String(form.get('key')).trim();
    this.busy = true;
    this.error = null;
    try {
      await new Api(key).checks();
      if (this.isConnected) this.dispatchEvent(new CustomEvent('connect', { detail: { key } }));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.error =
        error.why.kind === 'key'
          ? 'Rollcall does not know this key. It has 32 characters; take it from the project’s settings.'
          : `Whether this key is right could not be asked: ${error.why.reason}`;
    } finally {
      this.busy = false;
    }
  }

  render() {
    return html`<section class="connect">
      <h1>Connect to a project</h1>
      <p class="lead">
        Rollcall watches your scheduled jobs and tells you when one falls silent. Enter a project’s API key to see its
        checks.
      </p>
      <form class="card" @submit=${this.#submit}>
        ${field(
          {
            id: 'api-key',
            label: 'API key',
            hint: 'Kept in this browser tab only, and forgotten when you close it. A read-only key shows everything and changes nothing.',
            error: this.error,
          },
          html`<input
            id="api-key"
            name="key"
            type="password"
            autocomplete="off"
            spellcheck="false"
            required
            aria-invalid=${this.error ? 'true' : 'false'}
            aria-describedby=${describedBy('api-key')}
          />`,
        )}
        <button class="button" data-tone="primary" ?disabled=${this.busy}>
          ${this.busy ? 'Connecting…' : 'Connect'}
        </button>
      </form>
    </section>`;
  }
}

customElements.define('connect-view', ConnectView);
