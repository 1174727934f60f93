import { html, nothing } from 'lit';
import { icon } from '../components/icon.js';
import { LightElement } from '../components/light-element.js';
import { Polled } from '../components/polled.js';
import '../components/relative-time.js';
import { without } from '../components/states.js';
import {
  changeOf,
  countsOf,
  current,
  fitOf,
  isMoving,
  levelOf,
  phaseOf,
  progressOf,
  since,
  stateOf,
  zonesOf,
} from '../domain/data-version.js';

/** @import { Api } from '../api.js' */
/** @import { DataEvent, DataVersion, Past, SeenRelease } from '../domain/data-version.js' */

const ACTING_MS = 10_000;
const ACTING_MS_WHILE_MOVING = 1500;
const EVENTS = 20;

/** @param {string | null} at ISO */
const when = (at) => (at ? html`<relative-time .at=${at}></relative-time>` : html`<span class="faint">–</span>`);

/** The shape of the data: its level, who can work with it, and how it came there. */
class DataView extends LightElement {
  static properties = { api: { attribute: false } };

  constructor() {
    super();
    /** @type {Api | undefined} */
    this.api = undefined;
    this.version = new Polled(this, {
      who: () => (this.api ? /** @type {const} */ ([this.api]) : null),
      read: ([api], until) => api.until(until).schema(),
      actingMs: (version) => (version && isMoving(version) ? ACTING_MS_WHILE_MOVING : ACTING_MS),
    });
  }

  render() {
    const { value } = this.version;
    if (!value) return without(this.version, 'the data version', 4);
    return html`
      <div class="page-head">
        <div>
          <h1>Data version</h1>
          <p class="lead">The shape of the stored data, which releases can work with it, and how it came there.</p>
        </div>
      </div>
      <div class="data">
        ${this.#now(value)} ${this.#releases(value.releases)} ${this.#history(value.history)}
        ${this.#events(value.events)}
      </div>
    `;
  }

  /** @param {DataVersion} version */
  #now(version) {
    const phase = phaseOf(version.phase);
    const { release } = version;
    const zones = zonesOf(version);
    return html`<section class="card data-now" aria-label="Level">
      <p class="data-level"><span>Level</span> <strong>${version.level ?? '?'}</strong></p>
      <div class="data-phase">
        <h2>
          ${phase.title}${version.paused ? html` <span class="tag">Paused</span>` : nothing}
        </h2>
        <p>${phase.meaning}</p>
        ${this.#progress(version)} ${this.#blocked(version)} ${this.#unclear(version)}
      </div>
      <dl class="data-facts">
        <div>
          <dt>This release</dt>
          <dd>${release.name}, of level ${release.level}, ${fitOf(release.fit)}</dd>
        </div>
        <div>
          <dt>Written as</dt>
          <dd>${levelOf(version.write_level)}</dd>
        </div>
        <div>
          <dt>Readable</dt>
          <dd>by releases from ${levelOf(version.min_reader)} on</dd>
        </div>
        <div>
          <dt>Changeable</dt>
          <dd>by releases from ${levelOf(version.min_writer)} on</dd>
        </div>
        ${
          zones === null
            ? nothing
            : html`<div>
                <dt>Time zones</dt>
                <dd>
                  by the rules of ${zones.version}${zones.isOld ? html` <span class="warn">${icon('warning')} old: times may be wrong</span>` : nothing}
                </dd>
              </div>`
        }
      </dl>
      ${version.remedy ? html`<p class="data-remedy">${icon('warning')} ${version.remedy}</p>` : nothing}
    </section>`;
  }

  /** @param {DataVersion} version */
  #progress(version) {
    const working = current(version);
    if (!working) return nothing;
    const { progress, title } = working;
    return html`<div class="data-progress">
      <label for="data-progress">${title}</label>
      ${
        progress.total === null
          ? html`<progress id="data-progress"></progress>`
          : html`<progress id="data-progress" max="100" value=${progress.percent}></progress>`
      }
      <span class="faint">Pass ${progress.pass}: ${progressOf(progress)}</span>
    </div>`;
  }

  /** @param {DataVersion} version */
  #blocked({ blocked }) {
    if (!blocked) return nothing;
    return html`<div class="data-blocked" role="alert">
      <p>${icon('warning')} ${blocked.reason}</p>
      ${
        blocked.items.length > 0
          ? html`<ul>
              ${blocked.items.map((item) => html`<li><code>${item}</code></li>`)}
            </ul>`
          : nothing
      }
    </div>`;
  }

  /** @param {DataVersion} version */
  #unclear({ unclear }) {
    if (unclear.length === 0) return nothing;
    return html`<div class="data-blocked" role="alert">
      <p>
        ${icon('warning')} A newer release wrote what this one does not understand. Until that one is deployed, nothing is
        migrated.
      </p>
      <ul>
        ${unclear.map((what) => html`<li><code>${what}</code></li>`)}
      </ul>
    </div>`;
  }

  /** @param {SeenRelease[]} releases */
  #releases(releases) {
    return html`<section class="card" aria-labelledby="data-releases">
      <h2 id="data-releases">Releases seen</h2>
      ${
        releases.length === 0
          ? html`<p class="data-none">No release has said that it works with this data.</p>`
          : html`<table class="data-table">
              <thead>
                <tr>
                  <th scope="col">Release</th>
                  <th scope="col">Level</th>
                  <th scope="col" data-wide>Reads from</th>
                  <th scope="col" data-wide>First seen</th>
                  <th scope="col">Last seen</th>
                </tr>
              </thead>
              <tbody>
                ${releases.toReversed().map(
                  (release) =>
                    html`<tr>
                      <th scope="row">${release.name}</th>
                      <td>${release.level}</td>
                      <td data-wide>level ${release.reads_from}</td>
                      <td data-wide>${when(release.first_seen)}</td>
                      <td>${when(release.last_seen)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`
      }
    </section>`;
  }

  /** @param {{ release: string, by: string | null }} action */
  #by({ release, by }) {
    return by ? `${release}, ${by}` : release;
  }

  /** @param {Past[]} history */
  #history(history) {
    return html`<section class="card" aria-labelledby="data-history">
      <h2 id="data-history">History</h2>
      ${
        history.length === 0
          ? html`<p class="data-none">No migration is recorded.</p>`
          : html`<table class="data-table">
              <thead>
                <tr>
                  <th scope="col">Migration</th>
                  <th scope="col" data-wide>Levels</th>
                  <th scope="col">State</th>
                  <th scope="col" data-wide>By</th>
                  <th scope="col" data-wide>Items</th>
                </tr>
              </thead>
              <tbody>
                ${history.toReversed().map(
                  (past) =>
                    html`<tr>
                      <th scope="row">
                        <span class="faint">${past.id}</span> ${past.title}
                        <span class="data-more">${past.from} → ${past.to}, ${this.#by(past)}: ${countsOf(past)}</span>
                      </th>
                      <td data-wide>${past.from} → ${past.to}</td>
                      <td>${stateOf(past.state)}, ${when(since(past))}</td>
                      <td data-wide>${this.#by(past)}</td>
                      <td data-wide>${countsOf(past)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`
      }
    </section>`;
  }

  /** @param {DataEvent[]} events */
  #events(events) {
    if (events.length === 0) return nothing;
    return html`<section class="card" aria-labelledby="data-events">
      <h2 id="data-events">Newest events</h2>
      <ol class="data-events">
        ${events.slice(0, EVENTS).map(
          (event) =>
            html`<li>
              <span class="faint">${when(event.at)}</span>
              <span class="data-change"
                >${changeOf(event)}${event.migration ? html` <span class="tag">${event.migration}</span>` : nothing}</span
              >
              <span class="data-reason"
                >${event.reason} <span class="faint">${this.#by(event)}</span></span
              >
            </li>`,
        )}
      </ol>
    </section>`;
  }
}

customElements.define('data-view', DataView);
