/**
 * The icon in the browser's tab: a tick while all is well, a count on red otherwise, and a question mark on grey while
 * nobody knows. An image file cannot follow the count, so it is drawn as a `data:` address.
 *
 * @param {number | null} down how many checks are down, or null
 */
export const favicon = (down) => {
  const label = down === null ? '?' : String(Math.min(down, 99));
  const picture =
    down !== 0
      ? `<text x="16" y="16" dy=".36em" text-anchor="middle" font-family="system-ui,sans-serif" font-weight="700" font-size="${label.length > 1 ? 17 : 21}" fill="#fff">${label}</text>`
      : '<path d="M9 16.5l5 5 9.5-11" fill="none" stroke="#fff" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round"/>';
  const ground = down === null ? '#6b7076' : down > 0 ? '#c8322b' : '#17795a';
  return `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${ground}"/>${picture}</svg>`,
  )}`;
};
