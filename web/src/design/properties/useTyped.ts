import { useEffect, useRef, useState } from 'react';
import type { Drawn } from '../drawing/bpmn';
import type { Studio } from '../drawing/Studio';
import { whileTyping } from '../drawing/typing';
import { CHOSEN, TICKED } from './fields';
import { type Values, valuesOf, writeValues } from './values';

const PAUSE_MS = 600;

/** What is typed about an element: shown at once, and written into the diagram at each pause and when one leaves a field. */
export function useTyped(studio: Studio, element: Drawn) {
  const [typed, setTyped] = useState<Values>();
  const waiting = useRef<Values>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const place = useRef<HTMLDivElement>(null);
  const write = useRef<() => void>(undefined);
  useEffect(() => {
    write.current = () => {
      clearTimeout(timer.current);
      const values = waiting.current;
      if (!values) return;
      waiting.current = undefined;
      writeValues(studio, element, values);
      setTyped(undefined);
    };
  });
  useEffect(() => {
    const here = place.current;
    const leave = (): void => write.current?.();
    here?.addEventListener('focusout', leave);
    const stop = whileTyping(leave);
    return () => {
      here?.removeEventListener('focusout', leave);
      stop();
      leave();
    };
  }, []);
  return {
    values: typed ?? valuesOf(element),
    isTyped: typed !== undefined,
    type: (values: Values): void => {
      const isChosen = [...CHOSEN, ...TICKED].some(
        (field) => (values[field] ?? '') !== ((typed ?? valuesOf(element))[field] ?? ''),
      );
      setTyped(values);
      waiting.current = values;
      clearTimeout(timer.current);
      // What is chosen may change which fields there are: they are there before one goes on to the next.
      if (isChosen) write.current?.();
      else timer.current = setTimeout(() => write.current?.(), PAUSE_MS);
    },
    /** What the fields lie in. */
    place,
  };
}
