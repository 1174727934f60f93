import { html, nothing } from 'lit';
import { Refusal } from '../api.js';
import { goTo } from '../address.js';
import { checkbox, describedBy, durationField, field } from '../components/field.js';
import { icon } from '../components/icon.js';
import { LightElement } from '../components/light-element.js';
import { tell } from '../components/notice.js';
import { Polled, refreshAll } from '../components/polled.js';
import { segments } from '../components/segments.js';
import { loading, without } from '../components/states.js';
import { nameOf } from '../domain/channel.js';
import { idOf, titleOf } from '../domain/check.js';
import { blank, bodyOf, draftOf, expressionOf, slugOf } from '../domain/draft.js';
import { hrefOf } from '../domain/route.js';
import { zones } from '../domain/time.js';
import './schedule-preview.js';

/** @import { Api } from '../api.js' */
/** @import { Channel } from '../domain/channel.js' */
/** @import { Check } from '../domain/check.js' */
/** @import { Draft } from '../domain/draft.js' */
/** @import { ScheduleKind } from '../domain/schedule.js' */
/** @import { Problem } from '../domain/problem.js' */

/** @type {ReadonlyMap<ScheduleKind, string>} */
const KINDS = new Map([
  ['simple', 'Simple period'],
  ['cron', 'Cron'],
  ['oncalendar', 'OnCalendar'],
]);

const ANY_METHOD = 'Any method';
const POST_ONLY = 'POST only';

/** The fields at which a problem can be shown; any other problem stands above the form. */
const SHOWN = new Set([
  'name',
  'slug',
  'tags',
  'desc',
  'timeout',
  'schedule',
  'tz',
  'grace',
  'start_kw',
  'success_kw',
  'failure_kw',
]);

const OWN_ZONE = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Makes a check, or changes one. */
class CheckForm extends LightElement {
  static properties = {
    api: { attribute: false },
    checkId: { attribute: false },
    draft: { state: true },
    problem: { state: true },
    busy: { state: true },
  };

  /** Whether the slug follows the name: until somebody types one. */
  #followsName = true;
  #title = '';

  constructor() {
    super();
    /** @type {Api | undefined} */
    this.api = undefined;
    /** The check to change; null makes a new one. @type {string | null} */
    this.checkId = null;
    /** @type {Draft | null} */
    this.draft = null;
    /** Why the server refused it. @type {Problem | null} */
    this.problem = null;
    this.busy = false;
    /** What the form starts from: read once, since nothing may change under somebody's hands. */
    this.start = new Polled(this, {
      who: () => (this.api ? /** @type {const} */ ([this.api, this.checkId]) : null),
      read: ([api, checkId], until) => this.#read(api.until(until), checkId),
      heard: ({ channels, check }) => this.#fill(channels, check),
      once: true,
    });
  }

  /** @param {Api} api @param {string | null} checkId @returns {Promise<{ channels: Channel[], check: Check | null }>} */
  async #read(api, checkId) {
    const [{ channels }, check] = await Promise.all([api.channels(), checkId === null ? null : api.check(checkId)]);
    return { channels, check };
  }

  /** @param {Channel[]} channels @param {Check | null} check */
  #fill(channels, check) {
    this.problem = null;
    this.#title = check ? titleOf(check) : '';
    this.#followsName = check === null;
    this.draft = check
      ? draftOf(check, OWN_ZONE())
      : blank(
          OWN_ZONE(),
          channels.map(({ id }) => id),
        );
  }

  /** @param {Partial<Draft>} part */
  #enter(part) {
    if (!this.draft) return;
    this.draft = { ...this.draft, ...part };
    if (part.slug !== undefined) this.#followsName = false;
    if (part.name !== undefined && this.#followsName) this.draft.slug = slugOf(part.name);
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    const { api, checkId, draft } = this;
    if (!api || !draft) return;
    // Whoever went on meanwhile must not be called back, and is told in words how it went.
    const isStillHere = () => this.isConnected && api === this.api && checkId === this.checkId;
    this.busy = true;
    this.problem = null;
    try {
      const body = bodyOf(draft);
      const check = checkId === null ? await api.createCheck(body) : await api.updateCheck(checkId, body);
      tell(this, checkId === null ? `${titleOf(check)} is made. Now ping it.` : 'Saved.');
      void refreshAll();
      if (isStillHere()) goTo(hrefOf({ view: 'check', id: idOf(check) }));
    } catch (error) {
      if (!isStillHere()) {
        tell(this, `${draft.name || draft.slug} is not saved: ${/** @type {Error} */ (error).message}`, 'bad');
        return;
      }
      this.problem =
        error instanceof Refusal ? error.problem : { field: null, reason: /** @type {Error} */ (error).message };
      await this.updateComplete;
      /** @type {HTMLElement | null} */ (this.querySelector('[aria-invalid=true], .form-problem'))?.focus();
    } finally {
      this.busy = false;
    }
  }

  /** @param {string} name */
  #errorAt(name) {
    return this.problem?.field === name ? this.problem.reason : null;
  }

  render() {
    const { draft } = this;
    if (!this.start.value) return without(this.start, 'the form', 5);
    if (!draft) return loading('the form', 5);
    const isNew = this.checkId === null;
    const away =
      isNew || this.checkId === null
        ? hrefOf({ view: 'checks', query: '' })
        : hrefOf({ view: 'check', id: this.checkId });
    return html`<form class="check-form" @submit=${this.#submit}>
      <div class="page-head">
        <div>
          <a class="back" href=${away}>${icon('back')} ${isNew ? 'Checks' : this.#title}</a>
          <h1>${isNew ? 'New check' : 'Edit check'}</h1>
        </div>
      </div>
      ${
        this.problem && !SHOWN.has(this.problem.field ?? '')
          ? html`<p class="form-problem" role="alert" tabindex="-1">${icon('warning')} ${this.problem.reason}</p>`
          : nothing
      }
      ${this.#identity(draft)} ${this.#schedule(draft)} ${this.#signals(draft)} ${this.#alerts(draft)}
      <div class="form-actions">
        <button class="button" data-tone="primary" ?disabled=${this.busy}>
          ${this.busy ? 'Saving…' : isNew ? 'Make check' : 'Save changes'}
        </button>
        <a class="button" data-tone="quiet" href=${away}>Cancel</a>
      </div>
    </form>`;
  }

  /**
   * @param {'name' | 'slug' | 'tags' | 'start_kw' | 'success_kw' | 'failure_kw' | 'cron'} name of the draft's part
   * @param {{ label: string, hint?: unknown, optional?: boolean, maxlength?: number, required?: boolean, pattern?: string, mono?: boolean, problemAs?: string }} about
   */
  #text(name, about) {
    const error = this.#errorAt(about.problemAs ?? name);
    const id = `check-${name}`;
    return field(
      { ...about, id, error },
      html`<input
        id=${id}
        type="text"
        autocomplete="off"
        class=${about.mono ? 'mono' : nothing}
        spellcheck=${about.mono ? 'false' : nothing}
        maxlength=${about.maxlength ?? nothing}
        pattern=${about.pattern ?? nothing}
        ?required=${about.required ?? false}
        .value=${this.draft?.[name] ?? ''}
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby=${describedBy(id)}
        @input=${(/** @type {Event} */ event) => this.#enter({ [name]: /** @type {HTMLInputElement} */ (event.target).value })}
      />`,
    );
  }

  /**
   * @param {'desc' | 'oncalendar'} name
   * @param {{ label: string, hint?: unknown, optional?: boolean, rows: number, mono?: boolean, problemAs?: string }} about
   */
  #textarea(name, about) {
    const error = this.#errorAt(about.problemAs ?? name);
    const id = `check-${name}`;
    return field(
      { ...about, id, error },
      html`<textarea
        id=${id}
        rows=${about.rows}
        class=${about.mono ? 'mono' : nothing}
        .value=${this.draft?.[name] ?? ''}
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby=${describedBy(id)}
        @input=${(/** @type {Event} */ event) => this.#enter({ [name]: /** @type {HTMLTextAreaElement} */ (event.target).value })}
      ></textarea>`,
    );
  }

  /** @param {Draft} draft */
  #identity(draft) {
    return html`<fieldset class="card">
      <legend>What it is</legend>
      ${this.#text('name', { label: 'Name', maxlength: 100, hint: 'What alerts call it, such as “Nightly backup”.', required: draft.slug === '' })}
      <div class="field-pair">
        ${this.#text('slug', { label: 'Slug', optional: true, maxlength: 100, mono: true, pattern: '[a-z0-9_\\-]*', hint: 'For ping URLs that say a name: a–z, 0–9, - and _.' })}
        ${this.#text('tags', { label: 'Tags', optional: true, hint: 'Separated by spaces.' })}
      </div>
      ${this.#textarea('desc', { label: 'Description', optional: true, rows: 2, hint: 'What to do when it goes down. Shown in alerts.' })}
    </fieldset>`;
  }

  /** @param {Draft} draft */
  #schedule(draft) {
    return html`<fieldset class="card">
      <legend>When it runs</legend>
      ${segments({ name: 'kind', legend: 'Kind of schedule', choices: KINDS, chosen: draft.kind, onchoose: (kind) => this.#enter({ kind }) })}
      <div class="schedule-grid">
        <div>
          ${this.#when(draft)}
          ${durationField(
            {
              id: 'check-grace',
              label: 'Grace time',
              hint: 'How late a ping may be, and how long a run may take, before anybody is told.',
              error: this.#errorAt('grace'),
            },
            draft.grace,
            (grace) => this.#enter({ grace }),
          )}
        </div>
        <schedule-preview
          .api=${this.api}
          .expression=${expressionOf(draft)}
          .tz=${draft.tz}
          .timeout=${draft.timeout}
          .grace=${draft.grace}
        ></schedule-preview>
      </div>
    </fieldset>`;
  }

  /** @param {Draft} draft */
  #when(draft) {
    switch (draft.kind) {
      case 'simple':
        return durationField(
          {
            id: 'check-timeout',
            label: 'Period',
            hint: 'The time from one ping to the next.',
            error: this.#errorAt('timeout'),
          },
          draft.timeout,
          (timeout) => this.#enter({ timeout }),
        );
      case 'cron':
        return html`${this.#text('cron', { label: 'Cron expression', mono: true, required: true, maxlength: 100, problemAs: 'schedule', hint: 'Minute, hour, day of month, month, day of week.' })}
        ${this.#zone(draft)}`;
      case 'oncalendar':
        return html`${this.#textarea('oncalendar', { label: 'OnCalendar expressions', mono: true, rows: 3, problemAs: 'schedule', hint: 'As in a systemd timer; one on each line.' })}
        ${this.#zone(draft)}`;
    }
  }

  /** @param {Draft} draft */
  #zone(draft) {
    const error = this.#errorAt('tz');
    return field(
      { id: 'check-tz', label: 'Time zone', error },
      html`<select
        id="check-tz"
        .value=${draft.tz}
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby=${describedBy('check-tz')}
        @change=${(/** @type {Event} */ event) => this.#enter({ tz: /** @type {HTMLSelectElement} */ (event.target).value })}
      >
        ${zones(draft.tz).map((zone) => html`<option value=${zone} ?selected=${zone === draft.tz}>${zone.replaceAll('_', ' ')}</option>`)}
      </select>`,
    );
  }

  /** @param {Draft} draft */
  #signals(draft) {
    return html`<fieldset class="card">
      <legend>What counts as a ping</legend>
      ${checkbox(
        {
          id: 'check-filter',
          label: 'Decide by words in the request’s body',
          hint: 'Then the words below say what a ping means, whatever its URL.',
        },
        draft.filter_http_body,
        (filter_http_body) => this.#enter({ filter_http_body }),
      )}
      ${
        draft.filter_http_body
          ? html`<div class="field-trio">
                ${this.#text('start_kw', { label: 'Start keywords', optional: true, maxlength: 200, hint: 'Separated by commas.' })}
                ${this.#text('success_kw', { label: 'Success keywords', optional: true, maxlength: 200 })}
                ${this.#text('failure_kw', { label: 'Failure keywords', optional: true, maxlength: 200 })}
              </div>
              ${checkbox(
                {
                  id: 'check-default-fail',
                  label: 'A body with none of these words is a failure',
                  hint: 'Otherwise it is ignored.',
                },
                draft.filter_default_fail,
                (filter_default_fail) => this.#enter({ filter_default_fail }),
              )}`
          : nothing
      }
      <div class="field">
        <span class="label" aria-hidden="true">Accepted requests</span>
        ${segments({
          name: 'methods',
          legend: 'Accepted requests',
          choices: new Map([
            ['', ANY_METHOD],
            ['POST', POST_ONLY],
          ]),
          chosen: draft.methods,
          onchoose: (methods) => this.#enter({ methods }),
        })}
        <p class="hint">POST only keeps link scanners and curious browsers from pinging.</p>
      </div>
      ${checkbox(
        {
          id: 'check-manual-resume',
          label: 'Stay paused until somebody resumes it',
          hint: 'Otherwise a ping wakes a paused check.',
        },
        draft.manual_resume,
        (manual_resume) => this.#enter({ manual_resume }),
      )}
    </fieldset>`;
  }

  /** @param {Draft} draft */
  #alerts(draft) {
    const channels = this.start.value?.channels ?? [];
    /** @param {string} id @param {boolean} told */
    const toggled = (id, told) => (told ? [...draft.channels, id] : draft.channels.filter((other) => other !== id));
    return html`<fieldset class="card">
      <legend>Who is told</legend>
      ${
        channels.length === 0
          ? html`<p class="hint">
              There is nobody to tell yet. <a href=${hrefOf({ view: 'integrations' })}>Add an integration</a> first, or
              later.
            </p>`
          : channels.map((channel) =>
              checkbox(
                {
                  id: `channel-${channel.id}`,
                  label: nameOf(channel),
                  ...(channel.disabled && { hint: 'Switched off, because its messages were refused.' }),
                },
                draft.channels.includes(channel.id),
                (told) => this.#enter({ channels: toggled(channel.id, told) }),
              ),
            )
      }
    </fieldset>`;
  }
}

customElements.define('check-form', CheckForm);
