import { useEffect, useEffectEvent } from 'react';
import { live, type Heard } from './live';

/** Calls back when something that one may see has changed on the server, as long as the component is there. */
export function useLive(listener: (heard: Heard) => void): void {
  const told = useEffectEvent(listener);
  useEffect(
    () =>
      live.subscribe((heard) => {
        told(heard);
      }),
    [],
  );
}
