/** Events as the walk reads them: what they carry, and the values that they wrote. */
import type { components } from '@/api/schema';

/** What a walk needs of an event; the history's own events have it too. */
export type WalkEvent = components['schemas']['WalkView'];
export type Payload = Readonly<Record<string, unknown>>;

export function payloadOf(event: WalkEvent): Payload {
  return typeof event.payload === 'object' && event.payload !== null ? (event.payload as Payload) : {};
}

export function textIn(payload: Payload, name: string): string {
  const value = payload[name];
  return typeof value === 'string' ? value : '';
}

/** One value written, as history tells it. */
export interface DataChange {
  scope: string;
  path: string;
  before: unknown;
  after: unknown;
}

export function changesOf(event: WalkEvent): DataChange[] {
  const { changes } = payloadOf(event);
  return event.type === 'data-changed' && Array.isArray(changes) ? asChanges(changes) : [];
}

/** Changes as history tells them, their values as plain JSON. */
export function asChanges(told: readonly unknown[]): DataChange[] {
  return (told as readonly DataChange[]).map((change) => ({
    ...change,
    before: untagged(change.before),
    after: untagged(change.after),
  }));
}

/** The value as plain JSON: a day, a time or a long number that history marks as such is its text. */
export function untagged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untagged);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  const [first] = members;
  if (members.length === 1 && first && (first[0] === '@' || first[0] === '@number')) return first[1];
  return Object.fromEntries(members.map(([name, inner]) => [name, untagged(inner)]));
}

/** Writes the value in the values; null takes it away. Contexts on the way are copied, never changed. */
export function put(values: Record<string, unknown>, [name = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    if (value === null) Reflect.deleteProperty(values, name);
    else values[name] = value;
    return;
  }
  const inner = values[name];
  const copy: Record<string, unknown> = typeof inner === 'object' && inner !== null ? { ...inner } : {};
  put(copy, rest, value);
  values[name] = copy;
}

/** The path of the call that an element lies in; empty in the case's own process. */
export function callOf(path: string): string {
  return path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : '';
}
