import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { momentOf } from '@/shared/time';
import { unitsQuery, type Case } from '../queries';
import styles from './CaseFacts.module.css';

/** What kind of case it is, where, since when, and on which version it runs. */
export function CaseFacts({ found, version }: { found: Case; version: string | undefined }) {
  const { t } = useTranslation('audit');
  const { data: units = [] } = useQuery(unitsQuery);
  const facts: [string, string | undefined][] = [
    [t('facts.title'), found.title],
    [t('facts.status'), t(`status.${found.status as 'active'}`)],
    [t('facts.version'), version ?? found.process],
    [t('facts.unit'), units.find((unit) => unit.id === found.unit)?.name ?? found.unit],
    [t('facts.responsible'), found.responsible?.name],
    [t('facts.began'), momentOf(found.startedAt)],
    [t('facts.ended'), found.endedAt ? momentOf(found.endedAt) : undefined],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd data-content>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
