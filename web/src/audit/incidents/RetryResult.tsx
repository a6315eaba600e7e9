import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Notice } from '@/shared/ui/Notice';
import type { Retried, Run } from './retryMany';
import styles from './IncidentItem.module.css';

const SHOWN = 10;

interface Props {
  run: Run;
  /** What was tried again. */
  name: string;
}

/** What came of trying many again, with links to those that are still stuck. It gets the focus, and is so spoken once. */
export function RetryResult({ run: { done, total, solved, ordered, bad }, name }: Props) {
  const { t } = useTranslation('audit');
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    place.current?.focus();
  }, [done, solved]);
  const again = bad.filter((one) => one.outcome === 'failed-again');
  const refused = bad.filter((one) => one.outcome === 'refused');
  return (
    <section ref={place} tabIndex={-1} aria-labelledby="retry-result" className={styles.result}>
      <h2 id="retry-result" data-content>
        {t('incidents.resultOf', { name })}
      </h2>
      <Notice
        tone={bad.length > 0 ? 'warning' : 'good'}
        title={[
          t('incidents.solvedCount', { count: solved }),
          ...(ordered > 0 ? [t('incidents.orderedCount', { count: ordered })] : []),
          ...(again.length > 0 ? [t('incidents.againCount', { count: again.length })] : []),
          ...(refused.length > 0 ? [t('incidents.refusedCount', { count: refused.length })] : []),
          ...(done < total ? [t('incidents.leftCount', { count: total - done })] : []),
        ].join(' ')}
      />
      <Still items={again} title={t('incidents.againList')} />
      <Still items={refused} title={t('incidents.refusedList')} />
    </section>
  );
}

function Still({ items, title }: { items: readonly Retried[]; title: string }) {
  const { t } = useTranslation('audit');
  if (items.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className={styles.memberList}>
        {items.slice(0, SHOWN).map((one) => (
          <li key={one.id} className={styles.member}>
            {one.incident && one.case && (
              <Link
                to="/audit/incidents/$incidentId"
                params={{ incidentId: one.id }}
                className={styles.memberLink}
                data-content
              >
                {one.case.number}
              </Link>
            )}
            {one.why && <span>{one.why[currentLanguage()]}</span>}
          </li>
        ))}
      </ul>
      {items.length > SHOWN && <p>{t('incidents.further', { count: items.length - SHOWN })}</p>}
    </>
  );
}
