import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { momentOf } from '@/shared/time';
import { payloadOf, type DataChange, type HistoryEvent } from '../replay/events';
import { DataChanges } from './DataChanges';
import { DecisionTold } from './DecisionTold';
import { sortOf } from './sorts';
import styles from './EventList.module.css';

interface Props {
  event: HistoryEvent;
  changes: readonly DataChange[];
  version: string | undefined;
  /** On paper everything is unfolded and nothing leads anywhere. */
  onPaper?: boolean;
}

/** One event: when, what, who, on which version, and what it did to the data. */
export function EventItem({ event, changes, version, onPaper = false }: Props) {
  const { t } = useTranslation('audit');
  const { explanation } = payloadOf(event);
  return (
    <li className={styles.event}>
      <p className={styles.when}>
        <span>{t('events.number', { number: event.sequence })}</span>
        <time dateTime={event.at}>{momentOf(event.at)}</time>
        <span className={styles.sort}>{t(`sort.${sortOf(event)}`)}</span>
      </p>
      <p data-content>{event.text[currentLanguage()]}</p>
      <p className={styles.when}>
        <span>{t('events.by', { name: event.actor.name })}</span>
        {version && <span data-content>{version}</span>}
        {!onPaper && (
          <Link
            from="/audit/cases/$caseId"
            search={{ view: 'replay', at: event.sequence }}
            aria-label={t('events.seeNumber', { number: event.sequence })}
          >
            {t('events.see')}
          </Link>
        )}
      </p>
      {changes.length > 0 && (
        <details open={onPaper}>
          <summary>{t('events.changes', { count: changes.length })}</summary>
          <DataChanges changes={changes} label={t('events.changesOf', { number: event.sequence })} />
        </details>
      )}
      {event.type === 'decision-evaluated' && explanation !== undefined && (
        <details open={onPaper}>
          <summary>{t('decision.why')}</summary>
          <DecisionTold explanation={explanation} />
        </details>
      )}
    </li>
  );
}
