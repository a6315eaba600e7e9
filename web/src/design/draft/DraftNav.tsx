import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Tabs } from '@/shared/ui/Tabs';
import { draftsQuery } from '../drafts';
import styles from './DraftNav.module.css';
import './texts';

/** The parts of a draft, and the way back to its process. Each part's page shows it below its title. */
export function DraftNav({ draftId }: { draftId: string }) {
  const { t } = useTranslation('draft');
  const params = { draftId };
  const { data: drafts } = useQuery(draftsQuery);
  const draft = drafts?.find((one) => one.id === draftId);
  return (
    <div className={styles.bar}>
      <Tabs label={t('nav.label')} className={styles.ways}>
        <Link to="/design/drafts/$draftId" params={params} activeOptions={{ exact: true, includeSearch: false }}>
          {t('nav.diagram')}
        </Link>
        <Link to="/design/drafts/$draftId/forms" params={params}>
          {t('nav.forms')}
        </Link>
        <Link to="/design/drafts/$draftId/decisions" params={params}>
          {t('nav.decisions')}
        </Link>
        <Link to="/design/drafts/$draftId/data" params={params}>
          {t('nav.data')}
        </Link>
        <Link to="/design/drafts/$draftId/history" params={params} activeOptions={{ includeSearch: false }}>
          {t('nav.history')}
        </Link>
        <Link to="/design/drafts/$draftId/scenarios" params={params}>
          {t('nav.scenarios')}
        </Link>
        <Link to="/design/drafts/$draftId/difference" params={params} search={{}}>
          {t('nav.difference')}
        </Link>
      </Tabs>
      {draft && (
        <Link to="/design/packages/$processKey" params={{ processKey: draft.key }} className={styles.back} data-content>
          {t('nav.back', { name: currentLanguage() === 'sv' ? draft.name : draft.nameEn })}
        </Link>
      )}
    </div>
  );
}
