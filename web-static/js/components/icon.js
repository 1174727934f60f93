import { svg, html } from 'lit';

/** Drawn on a 16 × 16 grid with a stroke of 1.5. Each status has a shape of its own, so that colour is never needed. */
const SHAPES = {
  up: svg`<circle cx="8" cy="8" r="6.25"/><path d="M5.2 8.3l2 2 3.6-4.2"/>`,
  down: svg`<path d="M5.4 1.75h5.2l3.65 3.65v5.2l-3.65 3.65H5.4L1.75 10.6V5.4z"/><path d="M5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2"/>`,
  grace: svg`<circle cx="8" cy="8" r="6.25"/><path d="M8 4.4V8l2.3 1.6"/>`,
  new: svg`<circle cx="8" cy="8" r="6.25" stroke-dasharray="2.2 2.1"/>`,
  paused: svg`<circle cx="8" cy="8" r="6.25"/><path d="M6.4 5.8v4.4M9.6 5.8v4.4"/>`,
  started: svg`<circle cx="8" cy="8" r="6.25"/><path d="M6.7 5.5v5l3.9-2.5z"/>`,
  log: svg`<path d="M3 4.25h10M3 8h10M3 11.75h6"/>`,
  ignored: svg`<circle cx="8" cy="8" r="6.25"/><path d="M3.7 12.3l8.6-8.6"/>`,
  flip: svg`<path d="M2.5 5.5h10M9.75 2.75L12.5 5.5 9.75 8.25M13.5 10.5h-10M6.25 7.75"/><path d="M6.25 13.25L3.5 10.5l2.75-2.75"/>`,
  bell: svg`<path d="M4 6.75a4 4 0 018 0c0 3.5 1.5 4.5 1.5 4.5h-11S4 10.25 4 6.75zM6.75 13.5a1.4 1.4 0 002.5 0"/>`,
  copy: svg`<rect x="5.75" y="5.75" width="7.5" height="7.5" rx="1.5"/><path d="M10.25 3.75a1.5 1.5 0 00-1.5-1.5h-5a1.5 1.5 0 00-1.5 1.5v5a1.5 1.5 0 001.5 1.5"/>`,
  tick: svg`<path d="M3.25 8.5l3 3 6.5-7"/>`,
  search: svg`<circle cx="7" cy="7" r="4.5"/><path d="M10.4 10.4l3.1 3.1"/>`,
  plus: svg`<path d="M8 3v10M3 8h10"/>`,
  edit: svg`<path d="M10.5 2.75l2.75 2.75-7.5 7.5-3.25.5.5-3.25z"/>`,
  pause: svg`<path d="M5.5 3.5v9M10.5 3.5v9"/>`,
  play: svg`<path d="M5 3.25v9.5L12.5 8z"/>`,
  trash: svg`<path d="M2.75 4.25h10.5M6.25 4V2.75h3.5V4M4.25 4.5l.5 8.75h6.5l.5-8.75"/>`,
  send: svg`<path d="M13.5 2.5L7 9M13.5 2.5l-4 11L7 9 2.5 6.5z"/>`,
  mail: svg`<rect x="2" y="3.25" width="12" height="9.5" rx="1.5"/><path d="M2.5 4.75L8 8.75l5.5-4"/>`,
  link: svg`<path d="M6.75 9.25a2.5 2.5 0 003.5 0l2.25-2.25a2.5 2.5 0 00-3.5-3.5l-.75.75M9.25 6.75a2.5 2.5 0 00-3.5 0L3.5 9A2.5 2.5 0 007 12.5l.75-.75"/>`,
  back: svg`<path d="M9.75 3.5L5.25 8l4.5 4.5"/>`,
  warning: svg`<path d="M8 2.25l6.25 11.25H1.75zM8 6.5v3M8 11.4v.1"/>`,
  sweep: svg`<path d="M13.25 8a5.25 5.25 0 11-1.6-3.75M13.25 2v2.75H10.5"/>`,
};

/** @typedef {keyof typeof SHAPES} IconName */

/** Decoration only: what it means must stand beside it, or in the name of its button. @param {IconName} name */
export const icon = (name) =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${SHAPES[name]}</svg>`;
