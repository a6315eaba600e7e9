import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** How long one waits before it is spoken, in milliseconds: what comes sooner needs no word. */
const LONG = 700;
/** And how long it then holds, for the parts of the page that come after. */
const HOLDS = 5000;
let silentUntil = 0;

/** Says that something is on its way. A page whose parts come one by one speaks of it once. */
export function Loading() {
  const { t } = useTranslation();
  const [speaks, setSpeaks] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (Date.now() < silentUntil) return;
      silentUntil = Date.now() + HOLDS;
      setSpeaks(true);
    }, LONG);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return (
    <p data-loading>
      <span aria-hidden={speaks}>{t('loading')}</span>
      <span role="status" className="visually-hidden">
        {speaks && t('loading')}
      </span>
    </p>
  );
}
