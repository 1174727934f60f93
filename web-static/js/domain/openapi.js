/**
 * The API's own description, made ready to be read by people: what can be called, by group, with its fields, answers and
 * a command to try it.
 *
 * @typedef {{ [key: string]: any }} Node a part of an OpenAPI document
 *
 * @typedef {{ name: string, type: string, required: boolean, deprecated: boolean, description: string, limits: string[] }} Field
 * @typedef {{ title: string, description: string, fields: Field[] }} Shape what an object may look like
 * @typedef {{ title: string, text: string }} Sample
 * @typedef {{ status: string, description: string, types: string[], headers: Field[], shapes: Shape[], samples: Sample[] }} Reply
 * @typedef {{ id: string, group: string, method: string, path: string, summary: string, description: string, keys: string[],
 *   parameters: Field[], body: { required: boolean, description: string, shapes: Shape[], samples: Sample[] } | null,
 *   replies: Reply[], command: string }} Operation
 * @typedef {{ name: string, description: string, operations: Operation[] }} Group
 * @typedef {{ title: string, version: string, description: string, groups: Group[] }} Description
 */

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** A schema that contains itself would never end. */
const DEEPEST = 8;

/**
 * @param {Node} document as it was served
 * @param {string} site where it was served, without a slash at the end
 * @returns {Description}
 */
export const describe = (document, site) => {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => operation(document, site, path, method, item[method])),
  );
  return {
    title: document.info.title,
    version: document.info.version,
    description: document.info.description,
    groups: document.tags.map((/** @type {Node} */ { name, description }) => ({
      name,
      description,
      operations: operations.filter(({ group }) => group === name),
    })),
  };
};

/**
 * The operations that have every word of a search somewhere: in their address, summary, fields or errors.
 *
 * @param {Group[]} groups
 * @param {string} search
 * @returns {Group[]} without those that are empty then
 */
export const found = (groups, search) => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .map((group) => ({
      ...group,
      operations: group.operations.filter((one) => {
        const text = textOf(one).toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ operations }) => operations.length > 0);
};

/** @param {Operation} operation */
const textOf = ({ id, group, method, path, summary, description, parameters, body, replies }) =>
  [
    id,
    group,
    method,
    path,
    summary,
    description,
    ...parameters.map(({ name }) => name),
    ...(body?.shapes ?? []).flatMap(({ title, fields }) => [title, ...fields.map(({ name }) => name)]),
    ...replies.flatMap(({ status, shapes, samples }) => [
      status,
      ...shapes.flatMap(({ title, fields }) => [title, ...fields.map(({ name }) => name)]),
      ...(status < '300' ? [] : samples.map(({ text }) => text)),
    ]),
  ].join(' ');

/**
 * A text with `code` and **strong** parts, in paragraphs.
 *
 * @typedef {{ kind: 'text' | 'code' | 'strong', text: string }} Piece
 * @param {string} text
 * @returns {Piece[][]}
 */
export const paragraphs = (text) =>
  text
    .split(/\n\n+/)
    .filter(Boolean)
    .map((paragraph) =>
      paragraph
        .split(/(`[^`]+`|\*\*[^*]+\*\*)/)
        .filter(Boolean)
        .map((part) => {
          if (part.startsWith('`')) return { kind: 'code', text: part.slice(1, -1) };
          if (part.startsWith('**')) return { kind: 'strong', text: part.slice(2, -2) };
          return { kind: 'text', text: part };
        }),
    );

/** @param {Node} document @param {string} site @param {string} path @param {string} method @param {Node} node @returns {Operation} */
const operation = (document, site, path, method, node) => {
  const parameters = (node.parameters ?? []).map((/** @type {Node} */ each) => resolved(document, each));
  return {
    id: node.operationId,
    group: node.tags[0],
    method: method.toUpperCase(),
    path,
    summary: node.summary,
    description: node.description ?? '',
    keys: (node.security ?? [])
      .flatMap((/** @type {Node} */ each) => Object.keys(each))
      .map((/** @type {string} */ name) => document.components.securitySchemes[name].description),
    parameters: parameters.map((/** @type {Node} */ each) => ({
      ...fieldOf(document, each.name, { ...each.schema, description: each.description }, each.required === true),
      type: `${each.in}, ${typeOf(each.schema)}`,
    })),
    body: bodyOf(document, resolved(document, node.requestBody)),
    replies: Object.entries(node.responses).map(([status, reply]) => replyOf(document, status, resolved(document, reply))),
    command: commandOf(document, site, path, method, node, parameters),
  };
};

/** @param {Node} document @param {Node | undefined} body @returns {Operation['body']} */
const bodyOf = (document, body) => {
  if (!body) return null;
  const media = Object.values(body.content)[0];
  return {
    required: body.required === true,
    description: body.description ?? '',
    shapes: shapesOf(document, media.schema),
    samples: samplesOf(media),
  };
};

/** @param {Node} document @param {string} status @param {Node} reply @returns {Reply} */
const replyOf = (document, status, reply) => {
  const content = Object.entries(reply.content ?? {});
  const headers = Object.entries(reply.headers ?? {}).flatMap(([name, header]) => {
    const { 'x-comes-with': beside = {}, ...own } = resolved(document, header);
    return [[name, own], ...Object.entries(beside).map(([other, node]) => [other, resolved(document, node)])];
  });
  const schemas = content.filter(([type]) => type === 'application/json').map(([, { schema }]) => schema);
  const samples = content.flatMap(([, media]) => samplesOf(media));
  const shown = samples.length > 0 ? [] : schemas.flatMap((schema) => choicesOf(document, schema));
  return {
    status,
    description: reply.description,
    types: content.map(([type]) => type.split(';')[0]),
    headers: headers.map(([name, header]) =>
      fieldOf(document, name, { ...header.schema, description: header.description }, header.required === true),
    ),
    shapes: schemas.flatMap((schema) => shapesOf(document, schema)),
    samples: [
      ...samples,
      ...shown.map((schema) => ({
        title: schema.$ref ? nameOf(schema) : 'An answer',
        text: JSON.stringify(exampleOf(document, schema), null, 2),
      })),
    ],
  };
};

/** @param {Node} media @returns {Sample[]} */
const samplesOf = ({ examples = {} }) =>
  Object.values(examples).map(({ summary, value }) => ({
    title: summary ?? '',
    text: typeof value === 'string' ? value : JSON.stringify(value, null, 2),
  }));

/** What a reference stands for. @param {Node} document @param {Node} node */
const resolved = (document, node) =>
  node?.$ref
    ? node.$ref
        .split('/')
        .slice(1)
        .reduce((/** @type {Node} */ at, /** @type {string} */ step) => at[step], document)
    : node;

/** @param {Node} schema */
const nameOf = (schema) => schema.$ref.split('/').at(-1);

/** @param {Node} document @param {Node} schema @returns {Node[]} */
const choicesOf = (document, schema) => resolved(document, schema).anyOf ?? [schema];

/**
 * The objects that a schema is made of: itself, and those that its fields name.
 *
 * @param {Node} document
 * @param {Node} schema
 * @returns {Shape[]}
 */
const shapesOf = (document, schema) => {
  /** @type {Map<Node, Shape>} */
  const shapes = new Map();
  /** @param {Node} node @param {string} title */
  const visit = (node, title) => {
    const target = resolved(document, node);
    const name = node.$ref ? nameOf(node) : title;
    if (shapes.has(target)) return;
    const { properties, required } = merged(document, target);
    if (Object.keys(properties).length > 0) {
      shapes.set(target, {
        title: name,
        description: target.description ?? '',
        fields: Object.entries(properties).map(([field, inner]) =>
          fieldOf(document, field, inner, required.includes(field)),
        ),
      });
    }
    for (const inner of [...Object.values(properties), target.items, target.additionalProperties, ...(target.anyOf ?? [])]) {
      if (inner && typeof inner === 'object') visit(inner, '');
    }
  };
  visit(schema, '');
  return [...shapes.values()];
};

/**
 * The fields of a schema and of those that it builds on, and the `oneOf` by which some of them exclude each other.
 *
 * @param {Node} document
 * @param {Node} schema
 * @returns {{ properties: Node, required: string[], choices: Node[] }}
 */
const merged = (document, schema) => {
  const bases = (schema.allOf ?? []).map((/** @type {Node} */ each) => merged(document, resolved(document, each)));
  const own = { properties: schema.properties ?? {}, required: schema.required ?? [], choices: schema.oneOf ?? [] };
  const parts = [...bases, own];
  return {
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required }) => required),
    choices: parts.flatMap(({ choices }) => choices),
  };
};

/** @param {Node} document @param {string} name @param {Node} schema @param {boolean} required @returns {Field} */
const fieldOf = (document, name, schema, required) => {
  const target = resolved(document, schema);
  return {
    name,
    type: typeOf(schema),
    required,
    deprecated: target.deprecated === true,
    description: target.description ?? '',
    limits: limitsOf(target),
  };
};

/** @param {Node} schema @returns {string} */
const typeOf = (schema) => {
  if (schema.$ref) return nameOf(schema);
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items)}`;
  if (schema.type === 'object' && schema.additionalProperties?.$ref) return `${nameOf(schema.additionalProperties)} by name`;
  return [schema.type ?? 'anything'].flat().join(' or ');
};

/** @param {Node} schema */
const limitsOf = (schema) =>
  [
    schema.enum && `One of ${schema.enum.map((/** @type {unknown} */ value) => JSON.stringify(value)).join(', ')}`,
    schema.items?.enum && `Of ${schema.items.enum.join(', ')}`,
    schema.minimum !== undefined && schema.maximum !== undefined && `${schema.minimum} to ${schema.maximum}`,
    schema.minimum !== undefined && schema.maximum === undefined && `From ${schema.minimum}`,
    schema.maxLength !== undefined && `At most ${schema.maxLength} characters`,
    schema.default !== undefined && `Default ${JSON.stringify(schema.default)}`,
  ].filter((limit) => typeof limit === 'string');

/** A value that a schema allows, made of its examples. @param {Node} document @param {Node} schema @returns {unknown} */
export const exampleOf = (document, schema, depth = 0) => {
  const target = resolved(document, schema);
  if (target.examples?.length > 0) return target.examples[0];
  if ('const' in target) return target.const;
  if (depth > DEEPEST) return null;
  if (target.anyOf) return exampleOf(document, target.anyOf[0], depth + 1);
  const { properties, choices } = merged(document, target);
  if (Object.keys(properties).length > 0) {
    const left = new Set(choices.slice(1).flatMap((/** @type {Node} */ each) => each.required));
    return Object.fromEntries(
      Object.entries(properties)
        .filter(([name]) => !left.has(name))
        .map(([name, inner]) => [name, exampleOf(document, inner, depth + 1)]),
    );
  }
  if (target.type === 'array') return [exampleOf(document, target.items, depth + 1)];
  if (target.additionalProperties?.$ref) return { '*': exampleOf(document, target.additionalProperties, depth + 1) };
  if (target.type === 'object') return {};
  return target.default ?? target.enum?.[0] ?? null;
};

/** In single quotes, as a shell takes them. @param {string} text */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** What to type to try it. @param {Node} document @param {string} site @param {string} path @param {string} method @param {Node} node @param {Node[]} parameters */
const commandOf = (document, site, path, method, node, parameters) => {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) =>
    String(parameters.find((each) => each.in === 'path' && each.name === name)?.schema.examples?.[0] ?? name),
  );
  const body = resolved(document, node.requestBody);
  const media = body && Object.values(body.content)[0];
  const sample = media && Object.values(media.examples ?? {})[0]?.value;
  const isEmpty = sample === undefined || (typeof sample === 'object' && Object.keys(sample).length === 0);
  const scheme = document.components.securitySchemes[Object.keys(node.security?.[0] ?? {})[0]];
  const header = scheme && (scheme.type === 'http' ? 'Authorization: Bearer $api_key' : `${scheme.name}: $api_key`);
  return [
    `curl ${method === 'get' || (method === 'post' && !isEmpty) ? '' : `-X ${method.toUpperCase()} `}${site}${filled}`,
    header && `-H "${header}"`,
    !isEmpty && `-d ${quoted(typeof sample === 'string' ? sample : JSON.stringify(sample))}`,
  ]
    .filter(Boolean)
    .join(' \\\n  ');
};
