import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { onSessionEnd } from '@/api/client';
import { sessionQuery, type Session } from '@/shared/session';
import { Dialog } from '@/shared/ui/Dialog';
import { Notice } from '@/shared/ui/Notice';
import { SignInForm } from './SignInForm';

/** A dialog over whatever one was doing, when the session has ended. The requests that met the end wait for it. */
export function SignInAgain() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const waiting = useRef<(() => void)[]>([]);
  const [asked, setAsked] = useState(false);
  const [stranger, setStranger] = useState(false);
  const before = queries.getQueryData(sessionQuery.queryKey);

  const ask = useCallback(
    () =>
      new Promise<void>((resolve) => {
        waiting.current.push(resolve);
        setAsked(true);
      }),
    [],
  );
  useEffect(() => {
    onSessionEnd(ask);
    return () => {
      onSessionEnd(undefined);
    };
  }, [ask]);

  function goOn(session: Session): void {
    if (before && session.userId !== before.userId) {
      setStranger(true);
      return;
    }
    queries.setQueryData(sessionQuery.queryKey, session);
    setStranger(false);
    setAsked(false);
    for (const resolve of waiting.current.splice(0)) resolve();
  }

  if (!asked) return null;
  return (
    <Dialog title={t('signIn.again')}>
      <p>{t('signIn.againWhy')}</p>
      {stranger && <Notice tone="error">{t('signIn.other', { name: before?.name ?? '' })}</Notice>}
      <SignInForm onSignedIn={goOn} />
    </Dialog>
  );
}
