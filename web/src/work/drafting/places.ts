/** Where a draft lies, and what is known of each copy. */
import type { JsonObject } from '@/shared/form/rules/schema';

/** The revision of a draft that the server does not have. */
export const NONE = 'none';

export type Kept =
  | { where: 'nowhere' | 'typing' | 'unsaved' }
  | { where: 'local' | 'server' | 'taken'; at: string }
  | { where: 'refused'; at: string; code: string };

/** A draft as the server has it. */
export interface ServerDraft {
  values: unknown;
  baseSequence: number;
  savedAt: string;
  revision: string;
}

/** A draft that differs from the one on the page, and does not go on from it. */
export interface Copy {
  id: string;
  origin: 'server' | 'device';
  values: JsonObject;
  baseSequence: number;
  savedAt: string;
  /** The server's revision it goes on from. */
  seen?: string;
  /** The server's own revision. */
  revision?: string;
}

export interface DraftState {
  values: JsonObject;
  /** What the case's history had come to when the form was opened that this was typed into. */
  baseSequence: number;
  kept: Kept;
  /** Whether this browser keeps anything on the device. */
  hasRoom: boolean;
  other?: Copy | undefined;
}

export interface Places {
  hasRoom: () => boolean;
  /** What pages left on this device, the oldest first. */
  copies: () => Copy[];
  /** Whether there was room for it. */
  keep: (draft: { values: JsonObject; baseSequence: number; savedAt: string; seen: string }) => boolean;
  drop: () => void;
  dropCopy: (id: string) => void;
  /** Resolves to what the server then has; `seen` is the revision that it goes on from. */
  send: (values: JsonObject, baseSequence: number, seen: string) => Promise<ServerDraft>;
  fetch: () => Promise<ServerDraft | undefined>;
}
