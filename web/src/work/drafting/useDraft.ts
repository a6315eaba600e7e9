import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { dropCopy, hasRoom, keepCopy, localCopies, whileOpen, type LocalCopy } from '@/shared/drafts';
import { isObject, type JsonObject } from '@/shared/form/rules/schema';
import { useSession } from '@/shared/session';
import { DraftKeeper } from './DraftKeeper';
import type { Copy, DraftState, Places, ServerDraft } from './places';

export interface Draft extends DraftState {
  change: (values: JsonObject) => void;
  /** Goes on with these values where there are two drafts. */
  choose: (values: JsonObject) => void;
  /** Sends at once what has not been sent. */
  flush: () => Promise<void>;
  forget: () => void;
}

/** The server's side of a draft. */
export interface OnServer {
  /** What tells this form from others on the device: a task's id, `start` and the process, … */
  what: string;
  begun: { values: JsonObject; baseSequence: number };
  kept: ServerDraft | undefined;
  send: Places['send'];
  fetch: Places['fetch'];
}

/** What is being typed into a form. It begins as the draft that there is, else as what is known. */
export function useDraft(form: OnServer): Draft {
  const { userId } = useSession();
  const [{ keeper, open }] = useState(() => keeperOf(form, userId));
  useEffect(() => {
    const close = open();
    keeper.takeUp();
    const keep = () => {
      keeper.keepNow();
    };
    const ask = (event: BeforeUnloadEvent) => {
      if (!keeper.keepNow()) event.preventDefault();
    };
    const end = whileOpen({
      save: keeper.flush,
      forget: () => {
        keeper.forget();
      },
    });
    document.addEventListener('visibilitychange', keep);
    window.addEventListener('pagehide', keep);
    window.addEventListener('beforeunload', ask);
    return () => {
      keeper.stop();
      close();
      end();
      document.removeEventListener('visibilitychange', keep);
      window.removeEventListener('pagehide', keep);
      window.removeEventListener('beforeunload', ask);
    };
  }, [keeper, open]);
  const state = useSyncExternalStore(keeper.subscribe, keeper.current);
  const { change, choose, flush } = keeper;
  return useMemo(
    () => ({
      ...state,
      change,
      choose,
      flush,
      forget: () => {
        keeper.forget();
      },
    }),
    [state, change, choose, flush, keeper],
  );
}

/** The keeper of one page, and how it hears of what the same person's other pages save. */
function keeperOf({ what, begun, kept, send, fetch }: OnServer, user: string) {
  const id = crypto.getRandomValues(new Uint32Array(2)).join('');
  let channel: BroadcastChannel | undefined;
  const keeper = new DraftKeeper(begun, kept, {
    hasRoom,
    copies: () => localCopies(user, what).flatMap(({ id: its, draft }) => copyOf(its, draft)),
    keep: (draft) => keepCopy(user, what, id, draft),
    drop: () => {
      dropCopy(user, what, id);
    },
    dropCopy: (one) => {
      dropCopy(user, what, one);
    },
    send: async (...typed) => {
      const saved = await send(...typed);
      channel?.postMessage(saved);
      return saved;
    },
    fetch,
  });
  return {
    keeper,
    open: () => {
      channel = new BroadcastChannel(`stegvis.draft ${user} ${what}`);
      channel.onmessage = (heard: MessageEvent<ServerDraft>) => {
        keeper.hear(heard.data);
      };
      return () => {
        channel?.close();
        channel = undefined;
      };
    },
  };
}

function copyOf(id: string, { values, baseSequence, savedAt, seen }: LocalCopy): Copy[] {
  if (!isObject(values)) return [];
  return [{ id, origin: 'device', values, baseSequence, savedAt, seen }];
}
