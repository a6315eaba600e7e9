/** What is ours in a diagram, told to the reader and writer of BPMN. Everything is text, so that it is written as it was read. */

const ATTRIBUTES = [
  'assignee',
  'bind',
  'collect',
  'collectExpression',
  'collection',
  'correlation',
  'decision',
  'due',
  'followUp',
  'form',
  'group',
  'groups',
  'handler',
  'item',
  'nameEn',
  'notBy',
  'onBehalfOf',
  'once',
  'participant',
  'priority',
  'register',
  'reopenAt',
  'result',
  'retries',
  'retryAfter',
  'startGroups',
  'startable',
  'timeout',
  'title',
  'topic',
  'unit',
  'version',
] as const;

const text = (name: string) => ({ name, type: 'String', isAttr: true });

export const descriptor = {
  name: 'Stegvis',
  prefix: 'stegvis',
  uri: 'urn:stegvis:bpmn:1',
  xml: { tagAlias: 'lowerCase' },
  types: [
    { name: 'Said', isAbstract: true, extends: ['bpmn:BaseElement'], properties: ATTRIBUTES.map(text) },
    { name: 'Input', superClass: ['Element'], properties: [text('target'), text('expression')] },
    { name: 'Output', superClass: ['Element'], properties: [text('target'), text('expression')] },
    { name: 'Local', superClass: ['Element'], properties: [text('name')] },
  ],
};
