import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DiagramViewer } from '@/shared/diagram/DiagramViewer';
import { inLanguage } from '@/shared/diagram/inLanguage';
import { currentLanguage } from '@/shared/i18n';
import { momentOf } from '@/shared/time';
import { Loading } from '@/shared/ui/Loading';
import { PageProblem } from '@/shared/ui/PageProblem';
import { PageTitle } from '@/shared/ui/PageTitle';
import { versionZip } from '../exchange/exchange';
import { diagramQuery, versionQuery } from '../packages';
import { ContentsSection } from './ContentsSection';
import styles from './PackagePage.module.css';

const route = getRouteApi('/shell/design/packages/$processKey/versions/$version');

/** One version to look at: its diagram, its forms, what it calls, and the way to its scenarios and its files. */
export function VersionPage() {
  const { processKey, version } = route.useParams();
  const number = Number(version);
  const { t } = useTranslation('packages');
  const { data, error, refetch } = useQuery(versionQuery(processKey, number));
  const { data: diagram } = useQuery(diagramQuery(processKey, number));
  if (error) return <PageProblem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const language = currentLanguage();
  const params = { processKey, version };
  const name = language === 'sv' ? data.name : data.nameEn;
  return (
    <div className={styles.page}>
      <p>
        <Link to="/design/packages/$processKey" params={{ processKey }}>
          {t('version.back', { name })}
        </Link>
      </p>
      <PageTitle>{t('version.title', { version, name })}</PageTitle>
      <p>{t('versions.by', { moment: momentOf(data.deployedAt), name: data.deployedBy.name })}</p>
      {data.note && (
        <p>
          {t('note')} <span data-content>{data.note}</span>
        </p>
      )}
      {data.openCases !== null && <p>{t('cases', { count: data.openCases })}</p>}
      <p className={styles.links}>
        <Link to="/design/packages/$processKey/versions/$version/difference" params={params} search={{}}>
          {t('versions.difference')}
        </Link>
        <Link to="/design/packages/$processKey/versions/$version/scenarios" params={params}>
          {t('version.scenarios')}
        </Link>
        <a href={versionZip(processKey, number)} download>
          {t('version.zip')}
        </a>
      </p>
      <p className={styles.soft}>{t('draft.zipHolds')}</p>
      <div className={styles.wide}>
        {diagram === undefined ? (
          <Loading />
        ) : (
          <DiagramViewer xml={inLanguage(diagram, language)} label={t('version.diagram', { version })} />
        )}
      </div>
      <ContentsSection processKey={processKey} version={number} />
    </div>
  );
}
