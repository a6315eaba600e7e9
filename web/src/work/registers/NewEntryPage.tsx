import '../texts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client';
import type { JsonObject } from '@/shared/form/rules/schema';
import { newEntryForm, registersQuery, tellNew, titleOf, type Entry, type Register } from '@/shared/registers';
import { Loading } from '@/shared/ui/Loading';
import { Notice } from '@/shared/ui/Notice';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { DraftedForm } from '../drafting/DraftedForm';
import { formDraftQuery, type FormPlace } from '../drafting/formDraft';
import { useFormDraft, type FormOpened } from '../drafting/useFormDraft';
import styles from '../StartCasePage.module.css';

const route = getRouteApi('/shell/work/registers/$registerKey/new');

/** Adding somebody or something to a register, on the way to a form that picks from it or by itself. */
export function NewEntryPage() {
  const { t } = useTranslation('work');
  const { registerKey } = route.useParams();
  const place: FormPlace = { kind: 'entry', key: registerKey };
  const registers = useQuery(registersQuery);
  const draft = useQuery(formDraftQuery(place));
  const error = registers.error ?? draft.error;
  if (error)
    return (
      <ProblemNotice
        error={error}
        onRetry={() => {
          void registers.refetch();
          void draft.refetch();
        }}
      />
    );
  const kept = draft.data;
  if (!registers.data || kept === undefined) return <Loading />;
  const register = registers.data.find(({ key, mayWrite }) => key === registerKey && mayWrite);
  if (!register)
    return (
      <>
        <PageTitle>{t('newEntry.none')}</PageTitle>
        <p>{t('newEntry.why')}</p>
      </>
    );
  const form = newEntryForm(register, t('newEntry.add'));
  return (
    <div className={styles.page}>
      <PageTitle>{t('newEntry.title', { register: titleOf(register) })}</PageTitle>
      <NewEntry key={draft.dataUpdatedAt} register={register} opened={{ place, form, version: null, kept }} />
    </div>
  );
}

function NewEntry({ register, opened }: { register: Register; opened: FormOpened }) {
  const { t } = useTranslation('work');
  const queries = useQueryClient();
  const { history } = useRouter();
  const [added, setAdded] = useState<Entry>();
  const path = { register_key: register.key };
  const filling = useFormDraft(opened, {
    bodyOf: (values: JsonObject) => ({ values }),
    request: (body, key) => {
      const params = { path, header: { 'Idempotency-Key': key } };
      return ask(api.POST('/api/v1/registers/{register_key}/entries', { params, body }));
    },
    onAnswer: (entry) => {
      void queries.invalidateQueries({ queryKey: ['registers', register.key] });
      if (tellNew(register.key, entry.key)) history.back();
      else setAdded(entry);
    },
  });
  if (added)
    return (
      <div role="status">
        <Notice tone="good">
          <p data-content>{t('newEntry.added', { name: added.name })}</p>
        </Notice>
        <p>
          <Link to="/work/start">{t('start.title')}</Link>
        </p>
      </div>
    );
  return <DraftedForm id="entry" form={opened.form} filling={filling} />;
}
