import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { components } from '@/api/schema';
import { useSession } from '@/shared/session';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { Select } from '@/shared/ui/Select';
import { Beginning } from './Beginning';
import { nameIn, useUnitName } from './names';
import styles from './StartCasePage.module.css';
import { readStart } from './startChoice';
import { definitionsQuery } from './tasks';

type Definition = components['schemas']['DefinitionView'];

const route = getRouteApi('/shell/work/start');

/** Beginning a case: which process, in which unit, and its start form. */
export function StartCasePage() {
  const { t } = useTranslation('work');
  const { process, unit } = route.useSearch();
  const navigate = route.useNavigate();
  const { memberships } = useSession();
  const unitName = useUnitName();
  const { data, error, isPending, refetch } = useQuery(definitionsQuery);
  const unitsFor = ({ isStartable, startGroups }: Definition) =>
    memberships.filter(
      ({ groups }) => isStartable && (startGroups.length === 0 || startGroups.some((group) => groups.includes(group))),
    );
  const offered = (data ?? []).filter((one) => unitsFor(one).length > 0);
  const chosen = offered.find(({ key }) => key === process) ?? (offered.length === 1 ? offered[0] : undefined);
  const units = chosen ? unitsFor(chosen).map((one) => one.unit) : [];
  const where = units.find((one) => one === unit) ?? (units.length === 1 ? units[0] : undefined);
  function choose(change: Record<string, string | undefined>): void {
    void navigate({ search: (before) => readStart({ ...before, ...change }), replace: true });
  }
  return (
    <div className={styles.page}>
      <PageTitle>{t('start.title')}</PageTitle>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading />}
      {data && offered.length === 0 && <p>{t('start.none')}</p>}
      {offered.length > 0 && (
        <div className={styles.choices}>
          <Select
            label={t('start.process')}
            value={chosen?.key ?? ''}
            choices={[
              ...(offered.length > 1 ? [{ value: '', text: t('start.choose') }] : []),
              ...offered.map((one) => ({ value: one.key, text: nameIn(one) })),
            ]}
            onChoose={(key) => {
              choose({ process: key, unit: undefined });
            }}
          />
          {chosen && (
            <Select
              label={t('start.unit')}
              value={where ?? ''}
              choices={[
                ...(units.length > 1 ? [{ value: '', text: t('start.choose') }] : []),
                ...units.map((one) => ({ value: one, text: unitName(one) })),
              ]}
              onChoose={(one) => {
                choose({ unit: one });
              }}
            />
          )}
        </div>
      )}
      {chosen && where && <Beginning key={chosen.key} process={chosen} unit={where} />}
      {chosen && !where && <p>{t('start.chooseUnit')}</p>}
    </div>
  );
}
