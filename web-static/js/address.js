/**
 * Goes to a place in the dashboard without leaving a step for the Back button: for filters that change as one types.
 *
 * @param {string} href a fragment
 */
export const replaceAddress = (href) => {
  history.replaceState(null, '', href);
  dispatchEvent(new HashChangeEvent('hashchange'));
};

/** @param {string} href a fragment */
export const goTo = (href) => {
  location.hash = href;
};
