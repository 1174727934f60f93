import { LitElement } from 'lit';

/** An element whose template stands in the page itself, so that the site's layered style sheets reach it. */
export class LightElement extends LitElement {
  createRenderRoot() {
    return this;
  }
}
