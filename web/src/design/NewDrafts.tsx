import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { momentOf } from '@/shared/time';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { draftsQuery } from './drafts';
import type { Definition } from './packages';
import styles from './PackagesPage.module.css';

/** Drafts of processes that nothing is deployed of yet, which are on no other list. */
export function NewDrafts({ deployed }: { deployed: readonly Definition[] }) {
  const { t } = useTranslation('design');
  const { data = [], error, refetch } = useQuery(draftsQuery);
  const drafts = data.filter(({ key }) => !deployed.some((one) => one.key === key));
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (drafts.length === 0) return null;
  return (
    <section className={styles.page} aria-labelledby="new-drafts">
      <h2 id="new-drafts">{t('packages.notYet')}</h2>
      <ul className={styles.list}>
        {drafts.map((draft) => {
          const name = currentLanguage() === 'sv' ? draft.name : draft.nameEn;
          return (
            <li key={draft.id} className={styles.item}>
              <h3 data-content>
                <Link to="/design/packages/$processKey" params={{ processKey: draft.key }}>
                  {name}
                </Link>
              </h3>
              <p className={styles.facts}>
                <code>{draft.key}</code>
                <span>{t('packages.saved', { moment: momentOf(draft.savedAt), name: draft.savedBy.name })}</span>
              </p>
              <p className={styles.actions}>
                <Link
                  to="/design/drafts/$draftId"
                  params={{ draftId: draft.id }}
                  aria-label={t('packages.openOf', { name })}
                >
                  {t('packages.open')}
                </Link>
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
