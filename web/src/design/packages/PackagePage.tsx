import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@/api/problem';
import { currentLanguage } from '@/shared/i18n';
import { momentOf } from '@/shared/time';
import { Loading } from '@/shared/ui/Loading';
import { PageProblem } from '@/shared/ui/PageProblem';
import { PageTitle } from '@/shared/ui/PageTitle';
import { draftsQuery } from '../drafts';
import { type Definition, versionsQuery } from '../packages';
import { DraftSection } from './DraftSection';
import styles from './PackagePage.module.css';
import { RetireSection } from './RetireSection';
import { Versions } from './Versions';

const route = getRouteApi('/shell/design/packages/$processKey');

/** One process: what is live and on which versions cases run, its draft, whether new cases begin, and every version. */
export function PackagePage() {
  const { processKey } = route.useParams();
  const { t } = useTranslation('packages');
  const { data, error, refetch } = useQuery(versionsQuery(processKey));
  const { data: drafts } = useQuery(draftsQuery);
  const draft = drafts?.find((one) => one.key === processKey);
  const isNew = error instanceof ApiProblem && error.status === 404;
  if (error && !(isNew && (draft || !drafts))) return <PageProblem error={error} onRetry={() => void refetch()} />;
  const live = data?.[0];
  const known = live ?? draft;
  if (!drafts || !known) return <Loading />;
  return (
    <div className={styles.page}>
      <p>
        <Link to="/design">{t('back')}</Link>
      </p>
      <PageTitle>{currentLanguage() === 'sv' ? known.name : known.nameEn}</PageTitle>
      {live ? <Live versions={data} live={live} /> : <p>{t('notYet')}</p>}
      <DraftSection draft={draft} live={live} />
      {data && <Versions versions={data} hasDraft={draft !== undefined} />}
      {live && <RetireSection live={live} />}
    </div>
  );
}

function Live({ versions, live }: { versions: readonly Definition[]; live: Definition }) {
  const { t } = useTranslation('packages');
  const older = versions.slice(1).reduce((sum, one) => sum + (one.openCases ?? 0), 0);
  return (
    <section aria-label={t('versions.live')}>
      <p>
        {t('facts', { version: live.version, moment: momentOf(live.deployedAt), name: live.deployedBy.name })}{' '}
        <code className={styles.soft}>{live.key}</code>
      </p>
      {live.note && (
        <p>
          {t('note')} <span data-content>{live.note}</span>
        </p>
      )}
      {live.openCases !== null && (
        <p>
          {t('cases', { count: live.openCases })} {versions.length > 1 && t('older', { count: older })}
        </p>
      )}
    </section>
  );
}
