/**
 * Where in the dashboard somebody is. Addresses are fragments (`#/checks`), so that any host of static files will do.
 *
 * @typedef {{ view: 'checks', query: string }
 *   | { view: 'new-check' }
 *   | { view: 'check', id: string }
 *   | { view: 'edit-check', id: string }
 *   | { view: 'integrations' }
 *   | { view: 'outbox' }
 *   | { view: 'data' }
 *   | { view: 'api', query: string }
 *   | { view: 'nowhere' }} Route
 */

/** @param {string} hash with or without its `#` @returns {Route} */
export const routeOf = (hash) => {
  const [path, query = ''] = hash.replace(/^#/, '').split('?', 2);
  const [section = '', id, action, ...more] = path.split('/').filter(Boolean);
  if (more.length > 0) return { view: 'nowhere' };
  if (section === '' || (section === 'checks' && id === undefined)) return { view: 'checks', query };
  if (section === 'checks' && id === 'new' && action === undefined) return { view: 'new-check' };
  if (section === 'checks' && action === undefined) return { view: 'check', id };
  if (section === 'checks' && action === 'edit') return { view: 'edit-check', id };
  if (section === 'integrations' && id === undefined) return { view: 'integrations' };
  if (section === 'outbox' && id === undefined) return { view: 'outbox' };
  if (section === 'data' && id === undefined) return { view: 'data' };
  if (section === 'api' && id === undefined) return { view: 'api', query };
  return { view: 'nowhere' };
};

/** @param {Route} route */
export const hrefOf = (route) => {
  switch (route.view) {
    case 'checks':
      return `#/checks${route.query ? `?${route.query}` : ''}`;
    case 'new-check':
      return '#/checks/new';
    case 'check':
      return `#/checks/${route.id}`;
    case 'edit-check':
      return `#/checks/${route.id}/edit`;
    case 'integrations':
      return '#/integrations';
    case 'outbox':
      return '#/outbox';
    case 'data':
      return '#/data';
    case 'api':
      return `#/api${route.query ? `?${route.query}` : ''}`;
    case 'nowhere':
      return '#/';
  }
};
