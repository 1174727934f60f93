/**
 * The icon in the browser's tab: a tick while all is well, a count on red otherwise. An image file cannot follow the
 * count, so it is drawn as a `data:` address.
 *
 * @param {number} down how many checks are down
 */
export const favicon = (down) => {
  const label = down > 99 ? '99' : String(down);
  const picture =
    down > 0
      ? `<text x="16" y="16" dy=".36em" text-anchor="middle" font-family="system-ui,sans-serif" font-weight="700" font-size="${label.length > 1 ? 17 : 21}" fill="#fff">${label}</text>`
      : '<path d="M9 16.5l5 5 9.5-11" fill="none" stroke="#fff" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round"/>';
  const ground = down > 0 ? '#c8322b' : '#17795a';
  return `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${ground}"/>${picture}</svg>`,
  )}`;
};
