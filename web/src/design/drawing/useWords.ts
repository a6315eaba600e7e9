import { useTranslation } from 'react-i18next';
import { type Drawn, isFlow, tagOf, triggerOf } from './bpmn';

const TAGS = [
  'adHocSubProcess',
  'boundaryEvent',
  'businessRuleTask',
  'callActivity',
  'complexGateway',
  'dataObjectReference',
  'dataStoreReference',
  'endEvent',
  'eventBasedGateway',
  'exclusiveGateway',
  'inclusiveGateway',
  'intermediateCatchEvent',
  'intermediateThrowEvent',
  'lane',
  'manualTask',
  'messageFlow',
  'parallelGateway',
  'participant',
  'process',
  'receiveTask',
  'scriptTask',
  'sendTask',
  'sequenceFlow',
  'serviceTask',
  'startEvent',
  'subProcess',
  'task',
  'textAnnotation',
  'transaction',
  'userTask',
] as const;
const TRIGGERS = [
  'cancel',
  'compensate',
  'conditional',
  'error',
  'escalation',
  'link',
  'message',
  'signal',
  'terminate',
  'timer',
] as const;

/** What elements are called, in the reader's language. */
export function useWords() {
  const { t } = useTranslation('draft');
  function kind(element: Drawn): string {
    const tag = TAGS.find((one) => one === tagOf(element));
    const trigger = TRIGGERS.find((one) => one === triggerOf(element));
    const name = tag ? t(`kind.${tag}`) : t('kind.other');
    return trigger ? `${name} (${t(`trigger.${trigger}`)})` : name;
  }
  function name(element: Drawn): string {
    const own = element.businessObject.name?.trim();
    if (own) return own;
    return isFlow(element) && element.target ? t('words.flowTo', { name: name(element.target) }) : t('words.unnamed');
  }
  function spoken(element: Drawn): string {
    const next = element.outgoing.filter(isFlow).flatMap((flow) => (flow.target ? [name(flow.target)] : []));
    const told = `${kind(element)}: ${name(element)}`;
    return next.length > 0 ? `${told}, ${t('words.leadsTo', { names: next.join(', ') })}` : told;
  }
  return {
    kind,
    name,
    spoken,
    /** What BPMN calls `userTask`. */
    tag: (tag: string): string => {
      const known = TAGS.find((one) => one === tag);
      return known ? t(`kind.${known}`) : t('kind.other');
    },
    canvas: () => t('canvas.label'),
    search: () => t('canvas.search'),
    pad: (entry: 'userTask' | 'exclusiveGateway' | 'endEvent' | 'connect' | 'remove') => t(`pad.${entry}`),
  };
}
