import './texts';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '@/shared/ui/PageTitle';
import { useProcessName } from '../useProcessName';
import { RunSection } from './RunSection';
import styles from './Scenarios.module.css';
import { runVersionScenarios } from './scenarios';

const route = getRouteApi('/shell/design/packages/$processKey/versions/$version/scenarios');

/** The scenarios that a version was deployed with, played on that version. */
export function VersionScenariosPage() {
  const { processKey, version } = route.useParams();
  const { t } = useTranslation('scenarios');
  const name = useProcessName(processKey);
  const run = useMutation({ mutationFn: () => runVersionScenarios(processKey, Number(version)) });
  return (
    <div className={styles.page}>
      <p>
        <Link to="/design/packages/$processKey" params={{ processKey }}>
          {t('back', { name })}
        </Link>
      </p>
      <PageTitle>{t('title.version', { version, name })}</PageTitle>
      <RunSection run={run} />
    </div>
  );
}
