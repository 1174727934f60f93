import { html } from 'lit';

/**
 * A row of exclusive choices: native radio buttons that look like a segmented control.
 *
 * @template {string} T
 * @param {{ name: string, legend: string, choices: ReadonlyMap<T, string>, chosen: T, onchoose: (choice: T) => void }} options
 */
export const segments = ({ name, legend, choices, chosen, onchoose }) =>
  html`<fieldset class="segments">
    <legend class="visually-hidden">${legend}</legend>
    ${[...choices].map(
      ([value, title]) =>
        html`<label>
          <input
            type="radio"
            name=${name}
            value=${value}
            .checked=${value === chosen}
            @change=${() => onchoose(value)}
          />
          <span>${title}</span>
        </label>`,
    )}
  </fieldset>`;
