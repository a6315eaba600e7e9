import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { components } from '@/api/schema';
import { EntryName } from '@/shared/form/AnswerList';
import { momentOf } from '@/shared/time';
import { unitsQuery, type Case } from '../queries';
import styles from './CaseFacts.module.css';

interface Props {
  found: Case;
  about: components['schemas']['EntryKeyView'] | null;
  version: string | undefined;
  /** On paper nothing leads anywhere. */
  onPaper?: boolean;
}

/** Whom it is about, what kind of case it is, where, since when, and on which version it runs. */
export function CaseFacts({ found, about, version, onPaper = false }: Props) {
  const { t } = useTranslation('audit');
  const { data: units = [] } = useQuery(unitsQuery);
  const facts: [string, string | undefined][] = [
    [t('facts.status'), t(`status.${found.status as 'active'}`)],
    [t('facts.process'), version ?? found.process],
    [t('facts.unit'), units.find((unit) => unit.id === found.unit)?.name ?? found.unit],
    [t('facts.responsible'), found.responsible?.name],
    [t('facts.began'), momentOf(found.startedAt)],
    [t('facts.ended'), found.endedAt ? momentOf(found.endedAt) : undefined],
  ];
  return (
    <dl className={styles.facts}>
      {about && (
        <div>
          <dt>{t('facts.about')}</dt>
          <dd>
            <span data-content>
              <EntryName register={about.register} entry={about.key} />
            </span>
            {!onPaper && (
              <Link to="/audit" state={{ audited: { about: { register: about.register, key: about.key } } }}>
                {t('facts.sameAbout')}
              </Link>
            )}
          </dd>
        </div>
      )}
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
