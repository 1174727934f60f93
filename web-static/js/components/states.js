import { html, nothing } from 'lit';
import { icon } from './icon.js';

/** @import { TemplateResult } from 'lit' */
/** @import { Cause } from '../domain/cause.js' */
/** @import { Polled } from './polled.js' */

/** Shown until the first answer comes. @param {string} what @param {number} [rows] */
export const loading = (what, rows = 6) =>
  html`<div class="loading" role="status">
    <span class="visually-hidden">Loading ${what}…</span>
    ${Array.from({ length: rows }, () => html`<div class="loading-row" aria-hidden="true"></div>`)}
  </div>`;

/**
 * Shown where there is nothing, with what to do about it.
 *
 * @param {string} title
 * @param {unknown} body
 * @param {TemplateResult | typeof nothing} [action]
 */
export const empty = (title, body, action = nothing) =>
  html`<section class="empty">
    <h2>${title}</h2>
    <div class="empty-body">${body}</div>
    ${action}
  </section>`;

/**
 * Shown where reading failed and there is nothing older to show. It goes on being tried.
 *
 * @param {Cause} cause
 * @param {() => unknown} retry
 */
export const failed = ({ reason }, retry) =>
  html`<section class="empty" role="alert">
    <h2>${icon('warning')} That did not work</h2>
    <p class="empty-body">${reason}</p>
    <button type="button" class="button" @click=${retry}>Try again</button>
  </section>`;

/** What is meant for what cannot be read. @type {Record<'check' | 'integration', string>} */
const MEANWHILE = {
  check: 'Pings are kept, but no alert is sent.',
  integration: 'Its alerts wait.',
};

/**
 * Shown above a list from which something is missing, because the server cannot read it.
 *
 * @param {'check' | 'integration'} what
 * @param {string[]} ids
 */
export const unreadable = (what, ids) =>
  ids.length === 0
    ? nothing
    : html`<aside class="unreadable" aria-label="Not shown">
        ${icon('warning')}
        <div>
          <p role="alert">
            <strong>${ids.length === 1 ? `1 ${what} cannot be read` : `${ids.length} ${what}s cannot be read`}.</strong>
            A newer release wrote ${ids.length === 1 ? 'it' : 'them'}, or the data is damaged. ${MEANWHILE[what]}
            Deploy the newest release that this data was used with, or give the ids to whoever runs Rollcall.
          </p>
          <details>
            <summary>${ids.length === 1 ? 'Id' : 'Ids'}</summary>
            <ul>
              ${ids.map((id) => html`<li><code>${id}</code></li>`)}
            </ul>
          </details>
        </div>
      </aside>`;

/**
 * What is shown in the place of a reading's answer: that it is loading, or why there is none.
 *
 * @param {Polled<any, any>} polled
 * @param {string} what
 * @param {number} rows
 */
export const without = (polled, what, rows) =>
  polled.cause ? failed(polled.cause, () => polled.refresh()) : loading(what, rows);
