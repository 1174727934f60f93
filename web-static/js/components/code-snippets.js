import { html } from 'lit';
import { snippetsFor } from '../domain/snippets.js';
import './copy-button.js';
import { LightElement } from './light-element.js';
import { segments } from './segments.js';

/** How to ping one URL, in several languages. */
class CodeSnippets extends LightElement {
  static properties = { url: {}, chosen: { state: true } };

  constructor() {
    super();
    this.url = '';
    this.chosen = 'crontab';
  }

  render() {
    const snippets = snippetsFor(this.url);
    const snippet = snippets.find(({ id }) => id === this.chosen) ?? snippets[0];
    return html`${segments({
        name: 'snippet',
        legend: 'Language',
        choices: new Map(snippets.map(({ id, title }) => [id, title])),
        chosen: snippet.id,
        onchoose: (id) => (this.chosen = id),
      })}
      <div class="snippet">
        <pre tabindex="0" role="region" aria-label=${`${snippet.title} example`}><code>${snippet.code}</code></pre>
        <copy-button .text=${snippet.code} .label=${`${snippet.title} example`}></copy-button>
      </div>
      <p class="hint">${snippet.hint}</p>`;
  }
}

customElements.define('code-snippets', CodeSnippets);
