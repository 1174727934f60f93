/** Something to tell for a moment: done, or failed. @typedef {{ text: string, tone: 'good' | 'bad' }} Notice */

/**
 * Fires `notice`, which reaches the window from wherever it is told: somebody may have left a place before it is known
 * how it went there.
 *
 * @param {EventTarget} from
 * @param {string} text
 * @param {Notice['tone']} [tone]
 */
export const tell = (from, text, tone = 'good') =>
  (from instanceof Node && !from.isConnected ? window : from).dispatchEvent(
    new CustomEvent('notice', { detail: { text, tone }, bubbles: true, composed: true }),
  );

/**
 * Does something on the server and tells how it went.
 *
 * @param {EventTarget} from
 * @param {() => Promise<unknown>} action
 * @param {string} done
 * @returns {Promise<boolean>} whether it was done
 */
export const attempt = async (from, action, done) => {
  try {
    await action();
    tell(from, done);
    return true;
  } catch (error) {
    tell(from, /** @type {Error} */ (error).message, 'bad');
    return false;
  }
};
