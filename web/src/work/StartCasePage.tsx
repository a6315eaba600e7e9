import './texts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client';
import { ApiProblem } from '@/api/problem';
import type { components } from '@/api/schema';
import { dropLocal, keepLocal, readLocal } from '@/shared/drafts';
import { CaseForm } from '@/shared/form/CaseForm';
import type { Problem } from '@/shared/form/rules/problems';
import { isObject, type JsonObject } from '@/shared/form/rules/schema';
import { useSession } from '@/shared/session';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { Select } from '@/shared/ui/Select';
import { formQuery } from './cases';
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

function Beginning({ process, unit }: { process: Definition; unit: string }) {
  const { t } = useTranslation('work');
  const { userId } = useSession();
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const kept = `start ${process.key}`;
  const { data: form, error } = useQuery({
    ...formQuery(process.startForm ?? ''),
    enabled: process.startForm !== null,
  });
  const [values, setValues] = useState<JsonObject>(() => keptValues(readLocal(userId, kept)?.values));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();

  function change(typed: JsonObject): void {
    setValues(typed);
    keepLocal(userId, kept, { values: typed, baseSequence: 0, savedAt: new Date().toISOString() });
  }
  async function start(submission: JsonObject | undefined): Promise<readonly Problem[]> {
    setBusy(true);
    setFailure(undefined);
    try {
      const body = { process: process.key, unit, ...(submission && { submission }) };
      const begun = await ask(api.POST('/api/v1/cases', { body }));
      dropLocal(userId, kept);
      void queries.invalidateQueries({ queryKey: ['tasks'] });
      void queries.invalidateQueries({ queryKey: ['cases'] });
      await navigate({ to: '/work/cases/$caseId', params: { caseId: begun.id } });
      return [];
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.code === 'rejected' && problem.document.problems?.length)
        return problem.document.problems;
      setFailure(problem);
      return [];
    } finally {
      setBusy(false);
    }
  }
  if (error) return <ProblemNotice error={error} />;
  return (
    <>
      {failure !== undefined && <ProblemNotice error={failure} />}
      {process.startForm === null ? (
        <div>
          <Button look="primary" busy={busy} onClick={() => void start(undefined)}>
            {t('start.begin')}
          </Button>
        </div>
      ) : form ? (
        <CaseForm id="start" form={form} values={values} onChange={change} onSubmit={start} busy={busy} />
      ) : (
        <Loading />
      )}
    </>
  );
}

function keptValues(values: unknown): JsonObject {
  return isObject(values) ? values : {};
}
