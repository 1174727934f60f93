import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { readDescription } from '../api.js';
import { replaceAddress } from '../address.js';
import '../components/copy-button.js';
import { icon } from '../components/icon.js';
import { LightElement } from '../components/light-element.js';
import { Polled } from '../components/polled.js';
import { empty, without } from '../components/states.js';
import { describe, found, paragraphs } from '../domain/openapi.js';
import { hrefOf } from '../domain/route.js';

/** @import { Description, Field, Group, Operation, Reply, Sample, Shape } from '../domain/openapi.js' */

/** What the API can do, from its own description. Needs no key. */
class ApiView extends LightElement {
  static properties = {
    query: {},
    opened: { state: true },
  };

  constructor() {
    super();
    this.query = '';
    /** Which operations were opened: the others are not drawn. @type {ReadonlySet<string>} */
    this.opened = new Set();
    this.description = new Polled(this, {
      who: () => [],
      read: async (_, until) => describe(await readDescription(until), location.origin),
      once: true,
    });
  }

  /** @param {string} search */
  #search(search) {
    replaceAddress(hrefOf({ view: 'api', query: search ? new URLSearchParams({ q: search }).toString() : '' }));
  }

  /** @param {string} id @param {Event} event */
  #toggle(id, event) {
    const opened = new Set(this.opened);
    if (/** @type {HTMLDetailsElement} */ (event.target).open) opened.add(id);
    else opened.delete(id);
    this.opened = opened;
  }

  render() {
    const { value } = this.description;
    if (!value) return without(this.description, 'the description of the API', 8);
    const search = new URLSearchParams(this.query).get('q') ?? '';
    const groups = found(value.groups, search);
    const count = groups.reduce((sum, { operations }) => sum + operations.length, 0);
    return html`
      <div class="page-head">
        <div>
          <h1>API</h1>
          <p class="lead">
            What can be called, with every field and every error. Programs read the same as
            <a href="/api/openapi.json">OpenAPI 3.1</a>.
          </p>
        </div>
        <div class="search api-search">
          ${icon('search')}
          <input
            type="search"
            aria-label="Search the API"
            placeholder="Search: pause, timeout, 409…"
            .value=${search}
            @input=${(/** @type {Event} */ event) => this.#search(/** @type {HTMLInputElement} */ (event.target).value)}
          />
        </div>
      </div>
      <p class="visually-hidden" role="status">${count} calls shown</p>
      ${search === '' ? this.#introduction(value) : nothing}
      ${
        count > 0
          ? groups.map((group) => this.#group(group))
          : empty(
              'No call has these words',
              'Every word must be somewhere in a call: in its address, its fields or its errors.',
              html`<button type="button" class="button" @click=${() => this.#search('')}>Show all calls</button>`,
            )
      }
    `;
  }

  /** @param {Description} description */
  #introduction({ description }) {
    return html`<section class="card api-intro" aria-label="About the API">${prose(description)}</section>`;
  }

  /** @param {Group} group */
  #group({ name, description, operations }) {
    return html`<section class="api-group" aria-label=${name}>
      <h2>${name}</h2>
      <p class="hint">${inline(description)}</p>
      <ul class="api-operations">
        ${repeat(
          operations,
          ({ id }) => id,
          (operation) => this.#operation(operation),
        )}
      </ul>
    </section>`;
  }

  /** @param {Operation} operation */
  #operation(operation) {
    const { id, method, path, summary } = operation;
    return html`<li>
      <details class="api-operation" @toggle=${(/** @type {Event} */ event) => this.#toggle(id, event)}>
        <summary>
          <span class="api-method" data-method=${method}>${method}</span>
          <code class="api-path">${path}</code>
          <span class="api-summary">${summary}</span>
        </summary>
        ${this.opened.has(id) ? this.#details(operation) : nothing}
      </details>
    </li>`;
  }

  /** @param {Operation} operation */
  #details({ summary, description, keys, parameters, body, replies, command }) {
    return html`<div class="api-details">
      ${prose(description)}
      <p class="api-keys">
        <strong>Key:</strong> ${keys.length === 0 ? 'none needed.' : keys.map((key, index) => html`${index > 0 ? ' Or: ' : nothing}${inline(key)}`)}
      </p>
      ${code(command, `${summary}: command`)}
      ${parameters.length > 0 ? html`<h3>Parameters</h3>${fieldList(parameters, REQUIRED)}` : nothing}
      ${
        body
          ? html`<h3>Body${body.required ? nothing : html` <span class="optional">optional</span>`}</h3>
              ${prose(body.description)} ${body.shapes.map((shape) => this.#shape(shape, REQUIRED))}
              ${sampleList(body.samples, `${summary}: body`)}`
          : nothing
      }
      <h3>Answers</h3>
      <ul class="api-replies">
        ${replies.map((reply) => this.#reply(reply, summary))}
      </ul>
    </div>`;
  }

  /** @param {Reply} reply @param {string} summary */
  #reply({ status, description, types, headers, shapes, samples }, summary) {
    return html`<li>
      <p>
        <strong class="api-status" data-class=${status[0]}>${status}</strong>
        ${inline(description)} ${types.map((type) => html`<span class="tag">${type}</span>`)}
      </p>
      ${
        shapes.length > 0 && status[0] === '2'
          ? html`<details class="api-more">
              <summary>Fields</summary>
              ${shapes.map((shape) => this.#shape(shape, SOMETIMES))}
            </details>`
          : nothing
      }
      ${
        samples.length > 0
          ? html`<details class="api-more">
              <summary>${status[0] === '2' ? 'Example' : 'Bodies'}</summary>
              ${sampleList(samples, `${summary}: ${status}`)}
            </details>`
          : nothing
      }
      ${
        headers.length > 0
          ? html`<details class="api-more">
              <summary>Headers</summary>
              ${fieldList(headers, SOMETIMES)}
            </details>`
          : nothing
      }
    </li>`;
  }

  /** @param {Shape} shape @param {Mark} mark */
  #shape({ title, description, fields }, mark) {
    return html`${title ? html`<h4 class="mono">${title}</h4>` : nothing}
      ${description ? html`<p class="hint">${inline(description)}</p>` : nothing} ${fieldList(fields, mark)}`;
  }
}

/** What is said of fields that are always there, or of those that are not. @typedef {{ of: boolean, word: string }} Mark */

/** Of what is sent it matters what must be there. */
const REQUIRED = { of: true, word: 'required' };

/** Of what is answered it matters what may be missing. */
const SOMETIMES = { of: false, word: 'sometimes' };

/** @param {Field[]} fields @param {Mark} mark */
const fieldList = (fields, mark) =>
  html`<dl class="api-fields">
    ${fields.map(
      ({ name, type, required, deprecated, description, limits }) =>
        html`<div>
          <dt>
            <code>${name}</code>
            <span class="api-type">${type}</span>
            ${required === mark.of ? html`<span class="tag">${mark.word}</span>` : nothing}
            ${deprecated ? html`<span class="tag">deprecated</span>` : nothing}
          </dt>
          <dd>${inline(description)} ${limits.map((limit) => html`<span class="faint">${limit}. </span>`)}</dd>
        </div>`,
    )}
  </dl>`;

/** @param {Sample[]} samples @param {string} of what they are, for who cannot see where they stand */
const sampleList = (samples, of) =>
  samples.map(
    ({ title, text }, index) =>
      html`${title ? html`<p class="api-sample-title">${title}</p>` : nothing}
      ${code(text, `${of}, ${title || 'example'} ${index + 1}`)}`,
  );

/** @param {string} text @param {string} label */
const code = (text, label) =>
  html`<div class="snippet">
    <pre tabindex="0" role="region" aria-label=${label}><code>${text}</code></pre>
    <copy-button .text=${text} .label=${label}></copy-button>
  </div>`;

/** @param {string} text */
const prose = (text) =>
  paragraphs(text).map((paragraph) => html`<p>${paragraph.map(piece)}</p>`);

/** @param {string} text */
const inline = (text) => paragraphs(text).map((paragraph) => paragraph.map(piece));

/** @param {import('../domain/openapi.js').Piece} piece */
const piece = ({ kind, text }) => {
  switch (kind) {
    case 'code':
      return html`<code>${text}</code>`;
    case 'strong':
      return html`<strong>${text}</strong>`;
    case 'text':
      return text;
  }
};

customElements.define('api-view', ApiView);
