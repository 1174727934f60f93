import { html, nothing } from 'lit';
import { wordFor } from '../domain/check.js';
import { icon } from './icon.js';

/** @import { Check, Condition } from '../domain/check.js' */

/** @param {Condition} condition */
const badge = (condition) =>
  html`<span class="status" data-condition=${condition}>${icon(condition)}<span>${wordFor(condition)}</span></span>`;

/** Status in shape, word and colour, and whether a run is under way. @param {Check} check */
export const status = (check) =>
  html`<span class="statuses">${badge(check.status)}${check.started ? badge('started') : nothing}</span>`;
