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

/**
 * What is shown in the place of a reading's answer: that it is loading, or why there is none.
 *
 * @param {Polled<any, any>} polled
 * @param {string} what
 * @param {number} rows
 */
export const without = (polled, what, rows) =>
  polled.cause ? failed(polled.cause, () => polled.refresh()) : loading(what, rows);
