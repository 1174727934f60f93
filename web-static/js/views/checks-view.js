import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { replaceAddress } from '../address.js';
import { clock } from '../clock.js';
import '../components/copy-button.js';
import { icon } from '../components/icon.js';
import { LightElement } from '../components/light-element.js';
import '../components/period-gauge.js';
import '../components/relative-time.js';
import { empty, unreadable, without } from '../components/states.js';
import { status } from '../components/status.js';
import { CONDITIONS, deadlineOf, idOf, isEditable, tagsOf, titleOf } from '../domain/check.js';
import { EVERYTHING, fromQuery, select, SORTS, tagsInUse, tally, toQuery } from '../domain/checks.js';
import { hrefOf } from '../domain/route.js';
import { inWordsLong, inWordsShort } from '../domain/schedule.js';

/** @import { Cause } from '../domain/cause.js' */
/** @import { Check, Condition } from '../domain/check.js' */
/** @import { Selection, Sort } from '../domain/checks.js' */
/** @import { Polled } from '../components/polled.js' */

/** More tags than this would push the list off the screen; the search finds the others. */
const TAGS_SHOWN = 12;

/** Every check of the project, filtered and sorted as the address says. */
class ChecksView extends LightElement {
  static properties = {
    polled: { attribute: false },
    checks: { attribute: false },
    unreadable: { attribute: false },
    cause: { attribute: false },
    query: {},
  };

  constructor() {
    super();
    /** Who reads the checks. @type {Polled<any, any> | undefined} */
    this.polled = undefined;
    /** As they were last read. @type {Check[] | undefined} */
    this.checks = undefined;
    /** Ids of those that the server cannot read. @type {string[] | undefined} */
    this.unreadable = undefined;
    /** Why there are none. @type {Cause | undefined} */
    this.cause = undefined;
    this.query = '';
  }

  /** @param {Selection} selection */
  #choose(selection) {
    replaceAddress(hrefOf({ view: 'checks', query: toQuery(selection) }));
  }

  render() {
    const { polled, checks } = this;
    if (!polled) return nothing;
    if (!checks) return without(polled, 'checks', 8);
    const unread = unreadable('check', this.unreadable ?? []);
    if (checks.length === 0) return unread === nothing ? this.#firstCheck() : unread;
    const selection = fromQuery(new URLSearchParams(this.query));
    const shown = select(checks, selection);
    return html`
      <div class="page-head">
        <h1>Checks</h1>
        ${
          checks.every(isEditable)
            ? html`<a class="button" data-tone="primary" href=${hrefOf({ view: 'new-check' })}
                >${icon('plus')} New check</a
              >`
            : nothing
        }
      </div>
      ${unread} ${this.#conditions(checks, selection)} ${this.#filters(checks, selection)}
      <p class="visually-hidden" role="status">${shown.length} of ${checks.length} checks shown</p>
      ${
        shown.length > 0
          ? this.#table(shown, selection)
          : empty(
              'No check matches',
              'Nothing fits all of these filters together.',
              html`<button
                type="button"
                class="button"
                @click=${() => this.#choose({ ...EVERYTHING, sort: selection.sort })}
              >
                Show all checks
              </button>`,
            )
      }
    `;
  }

  #firstCheck() {
    return html`<section class="welcome">
      <h1>Who should answer the roll call?</h1>
      <p class="lead">
        A check listens for one scheduled job. The job requests the check’s ping URL each time it runs; when a ping does
        not come in time, Rollcall tells you.
      </p>
      <ol class="steps">
        <li><strong>Make a check</strong> and say how often its job runs.</li>
        <li>
          <strong>Add its ping URL</strong> to the end of the job:
          <code>&amp;&amp; curl -fsS -m 10 --retry 5 https://…</code>
        </li>
        <li>
          <strong>Say who is told</strong> under <a href=${hrefOf({ view: 'integrations' })}>Integrations</a>: by e-mail
          or webhook.
        </li>
      </ol>
      <a class="button" data-tone="primary" href=${hrefOf({ view: 'new-check' })}
        >${icon('plus')} Make the first check</a
      >
    </section>`;
  }

  /** @param {Check[]} checks @param {Selection} selection */
  #conditions(checks, selection) {
    const counts = tally(checks, selection);
    /** @param {Condition | null} condition @param {string} word */
    const button = (condition, word) =>
      html`<button
        type="button"
        class="count"
        data-condition=${condition ?? 'all'}
        aria-pressed=${selection.condition === condition ? 'true' : 'false'}
        ?data-none=${counts.get(condition) === 0}
        @click=${() => this.#choose({ ...selection, condition: selection.condition === condition ? null : condition })}
      >
        <span class="count-number">${counts.get(condition)}</span>
        <span class="count-word">${condition ? icon(condition) : nothing}${word}</span>
      </button>`;
    return html`<div class="counts" role="group" aria-label="Filter by status">
      ${button(null, 'All')} ${[...CONDITIONS].map(([condition, word]) => button(condition, word))}
    </div>`;
  }

  /** @param {Check[]} checks @param {Selection} selection */
  #filters(checks, selection) {
    const tags = [...new Set([...selection.tags, ...tagsInUse(checks).slice(0, TAGS_SHOWN)])];
    /** @param {string} tag */
    const toggled = (tag) =>
      selection.tags.includes(tag) ? selection.tags.filter((other) => other !== tag) : [...selection.tags, tag];
    return html`<div class="filters">
      <div class="search">
        ${icon('search')}
        <input
          type="search"
          aria-label="Search checks"
          placeholder="Search names, tags, schedules"
          .value=${selection.text}
          @input=${(/** @type {Event} */ event) => this.#choose({ ...selection, text: /** @type {HTMLInputElement} */ (event.target).value })}
        />
      </div>
      ${
        tags.length > 0
          ? html`<div class="tag-filter" role="group" aria-label="Filter by tag">
              ${tags.map(
                (tag) =>
                  html`<button
                    type="button"
                    class="tag"
                    aria-pressed=${selection.tags.includes(tag) ? 'true' : 'false'}
                    @click=${() => this.#choose({ ...selection, tags: toggled(tag) })}
                  >
                    ${tag}
                  </button>`,
              )}
            </div>`
          : nothing
      }
      <label class="sort">
        <span aria-hidden="true">Sort by</span>
        <select
          aria-label="Sort by"
          .value=${selection.sort}
          @change=${(/** @type {Event} */ event) => this.#choose({ ...selection, sort: /** @type {Sort} */ (/** @type {HTMLSelectElement} */ (event.target).value) })}
        >
          ${[...SORTS].map(([sort, title]) => html`<option value=${sort} ?selected=${sort === selection.sort}>${title}</option>`)}
        </select>
      </label>
    </div>`;
  }

  /** @param {Check[]} checks @param {Selection} selection */
  #table(checks, selection) {
    /** @param {Sort} sort */
    const sorted = (sort) => (selection.sort === sort ? (sort === 'last-ping' ? 'descending' : 'ascending') : nothing);
    /** @param {Sort} sort @param {string} title @param {string} column */
    const heading = (sort, title, column) =>
      html`<th scope="col" class=${column} aria-sort=${sorted(sort)}>
        <button type="button" @click=${() => this.#choose({ ...selection, sort })}>${title}</button>
      </th>`;
    return html`<table class="checks">
      <caption class="visually-hidden">
        Checks
      </caption>
      <thead>
        <tr>
          ${heading('urgency', 'Status', 'col-status')} ${heading('name', 'Name', 'col-name')}
          <th scope="col" class="col-schedule">Schedule</th>
          ${heading('last-ping', 'Last ping', 'col-last')} ${heading('next-ping', 'Next', 'col-next')}
          <th scope="col" class="col-url">Ping URL</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(checks, idOf, (check) => this.#row(check))}
      </tbody>
    </table>`;
  }

  /** @param {Check} check */
  #row(check) {
    return html`<tr data-condition=${check.status} ?data-waiting=${deadlineOf(check) !== null}>
      <td class="col-status">${status(check)}</td>
      <th scope="row" class="col-name">
        <a href=${hrefOf({ view: 'check', id: idOf(check) })}>${titleOf(check)}</a>
        ${tagsOf(check).map((tag) => html`<span class="tag">${tag}</span>`)}
      </th>
      <td class="col-schedule" title=${inWordsLong(check)}>${inWordsShort(check)}</td>
      <td class="col-last">
        ${check.last_ping ? html`<relative-time .at=${check.last_ping}></relative-time>` : html`<span class="faint">never pinged</span>`}
      </td>
      <td class="col-next">${this.#next(check)}</td>
      <td class="col-url">
        ${
          check.ping_url
            ? html`<copy-button
                .text=${check.ping_url}
                .label=${`ping URL of ${titleOf(check)}`}
                .caption=${`…${check.ping_url.slice(-8)}`}
              ></copy-button>`
            : nothing
        }
      </td>
    </tr>`;
  }

  /** @param {Check} check */
  #next(check) {
    const deadline = deadlineOf(check);
    if (deadline === null) return html`<span class="faint">–</span>`;
    const late = check.status === 'grace' || check.started;
    const words =
      deadline <= clock.now()
        ? 'going down'
        : late
          ? html`down <relative-time .at=${new Date(deadline).toISOString()}></relative-time>`
          : html`<relative-time .at=${check.next_ping}></relative-time>`;
    return html`<span class="next">
      <span>${words}</span>
      <period-gauge .check=${check}></period-gauge>
    </span>`;
  }
}

customElements.define('checks-view', ChecksView);
