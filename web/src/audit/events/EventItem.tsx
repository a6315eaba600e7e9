import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { momentOf } from '@/shared/time';
import type { HistoryEvent } from '../queries';
import { asChanges, changesOf, payloadOf } from '../replay/events';
import { DataChanges } from './DataChanges';
import { DecisionTold } from './DecisionTold';
import styles from './EventList.module.css';

interface Props {
  caseId: string;
  event: HistoryEvent;
  version: string | undefined;
  /** On paper everything is unfolded and nothing leads anywhere. */
  onPaper?: boolean;
}

/** One event: when, what, who, on which version, and what it did to the data. */
export function EventItem({ caseId, event, version, onPaper = false }: Props) {
  const { t } = useTranslation('audit');
  const { explanation } = payloadOf(event);
  // On paper, what was written stands with the event that wrote it, and only there.
  const written = onPaper ? [] : asChanges(event.written);
  const changes = event.type === 'data-changed' ? changesOf(event) : written;
  return (
    <li className={styles.event}>
      <p className={styles.when}>
        <span>{t('events.number', { number: event.sequence })}</span>
        <time dateTime={event.at}>{momentOf(event.at)}</time>
        <span className={styles.sort}>{t(`sort.${event.sort as 'people'}`)}</span>
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
          <DataChanges
            caseId={caseId}
            element={event.element}
            changes={changes}
            label={t('events.changesOf', { number: event.sequence })}
          />
        </details>
      )}
      {event.type === 'decision-evaluated' && explanation !== undefined && (
        <details open={onPaper}>
          <summary>{t('decision.why')}</summary>
          <DecisionTold caseId={caseId} event={event} />
        </details>
      )}
    </li>
  );
}
