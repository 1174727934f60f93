import { html, nothing } from 'lit';
import { icon } from './icon.js';

/** @import { TemplateResult } from 'lit' */

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

/** Shown where reading failed and there is nothing older to show. @param {Error} error @param {() => unknown} retry */
export const failed = (error, retry) =>
  html`<section class="empty" role="alert">
    <h2>${icon('warning')} That did not work</h2>
    <p class="empty-body">${error.message}</p>
    <button type="button" class="button" @click=${retry}>Try again</button>
  </section>`;
