import type { Sort } from '../caseSearch';
import type { HistoryEvent } from '../replay/events';
import { payloadOf } from '../replay/events';

const BY_BEGINNING: readonly [beginning: string, sort: Sort][] = [
  ['incident-', 'incidents'],
  ['timer-', 'timers'],
  ['decision-', 'rules'],
  ['condition-', 'rules'],
  ['data-', 'data'],
  ['task-', 'people'],
  ['case-', 'people'],
  ['position-', 'people'],
  ['activity-', 'people'],
  ['payload-', 'people'],
  ['note-', 'people'],
  ['file-', 'people'],
  ['element-skipped', 'people'],
  ['message-', 'systems'],
  ['signal-', 'systems'],
  ['register-', 'systems'],
];

/** Who or what an event is about: people, rules, timers, other systems, the data, obstacles, or how the case went. */
export function sortOf(event: HistoryEvent): Sort {
  const found = BY_BEGINNING.find(([beginning]) => event.type.startsWith(beginning));
  if (found) return found[1];
  const { kind, ways } = payloadOf(event);
  if (ways) return 'rules';
  return kind === 'serviceTask' || kind === 'sendTask' || kind === 'receiveTask' ? 'systems' : 'flow';
}
