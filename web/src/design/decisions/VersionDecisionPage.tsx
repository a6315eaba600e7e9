import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { PageProblem } from '@/shared/ui/PageProblem';
import { PageTitle } from '@/shared/ui/PageTitle';
import { Select } from '@/shared/ui/Select';
import { contentsQuery } from '../packages';
import { useProcessName } from '../useProcessName';
import { pathOf } from './decisionFiles';
import { readDecision } from './decisionSearch';
import styles from './Decisions.module.css';
import { type DecisionInFile, decisionsIn } from './dmnXml';
import { RuleFields } from './RuleFields';
import { standingsOf } from './standings';
import { TrialPanel } from './TrialPanel';
import { useTrial } from './useTrial';

const route = getRouteApi('/shell/design/packages/$processKey/versions/$version/decisions/$file');

/** A deployed decision: its rules to be read, and tried on values. */
export function VersionDecisionPage() {
  const { processKey, version, file } = route.useParams();
  const { t } = useTranslation('decisions');
  const name = useProcessName(processKey);
  const { data, error, refetch } = useQuery(contentsQuery(processKey, Number(version)));
  if (error) return <PageProblem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const xml = data.decisions.find((one) => one.file === pathOf(file))?.xml;
  const decisions = xml === undefined ? undefined : decisionsIn(xml);
  return (
    <div className={styles.page} data-wide>
      <p>
        <Link to="/design/packages/$processKey/versions/$version" params={{ processKey, version }}>
          {t('versionBack', { version, name })}
        </Link>
      </p>
      {decisions?.length ? (
        <Shown key={file} decisions={decisions} />
      ) : (
        <>
          <PageTitle>{pathOf(file)}</PageTitle>
          <p>{t(xml === undefined ? 'notThere' : 'empty')}</p>
        </>
      )}
    </div>
  );
}

function Shown({ decisions }: { decisions: readonly DecisionInFile[] }) {
  const { processKey, version } = route.useParams();
  const { t } = useTranslation('decisions');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const decision = decisions.find((one) => one.id === search.decision) ?? decisions.at(-1);
  const tried = useTrial({ process: processKey, version: Number(version) }, decision?.id);
  if (!decision) return null;
  const { matched, wrong } = standingsOf(decision, tried.trial);
  return (
    <>
      <PageTitle>{decision.name}</PageTitle>
      <p>{t('versionIntro', { version })}</p>
      <div className={styles.panel} data-content>
        {decisions.length > 1 && (
          <Select
            label={t('decision')}
            value={decision.id}
            choices={decisions.map(({ id, name }) => ({ value: id, text: name }))}
            onChoose={(chosen) => {
              void navigate({ search: readDecision({ decision: chosen }), replace: true, resetScroll: false });
            }}
          />
        )}
        {decision.kind === 'table' && <RuleFields decision={decision} matched={matched} wrong={wrong} />}
        {decision.kind === 'expression' && (
          <p>
            {t('expression')}: <code>{decision.expression}</code>
          </p>
        )}
        {decision.kind === 'other' && <p>{t('otherVersion')}</p>}
        {decision.needs.length > 0 && (
          <p>
            {t('needsList', { name: decision.name })} {decision.needs.join(', ')}
          </p>
        )}
      </div>
      <TrialPanel tried={tried} hint={t('tryVersion')} />
    </>
  );
}
