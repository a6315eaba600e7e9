import '../draft/texts';
import './texts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import { PageProblem } from '@/shared/ui/PageProblem';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { DraftNav } from '../draft/DraftNav';
import { nameOf } from '../draft/nameOf';
import { useFreshDraft } from '../draft/useDraftFiles';
import { DIAGRAM, type WholeDraft } from '../drafts';
import { formsQuery } from '../forms/forms';
import { formsIn, readForm } from './formFiles';
import styles from './DraftForms.module.css';
import { NewForm } from './NewForm';
import { takeForm } from './takeForm';

const route = getRouteApi('/shell/design/drafts/$draftId/forms');

/** The forms that are changed with a process, and those that may be. */
export function DraftFormsPage() {
  const { draftId } = route.useParams();
  const { t } = useTranslation('draftForms');
  const { whole, error, refetch } = useFreshDraft(draftId);
  if (error) return <PageProblem error={error} onRetry={() => void refetch()} />;
  if (!whole) return <Loading />;
  return (
    <div className={styles.page}>
      <PageTitle>{t('title', { name: nameOf(whole) })}</PageTitle>
      <DraftNav draftId={draftId} />
      <p>{t('intro')}</p>
      <Here whole={whole} />
      <NewForm whole={whole} />
      <Deployed whole={whole} />
    </div>
  );
}

function Here({ whole }: { whole: WholeDraft }) {
  const { t } = useTranslation('draftForms');
  const keys = formsIn(whole.files);
  return (
    <section className={styles.panel} aria-labelledby="here">
      <h2 id="here">{t('here')}</h2>
      {keys.length === 0 && <p>{t('none')}</p>}
      {keys.length > 0 && (
        <ul className={styles.list}>
          {keys.map((key) => {
            const title = readForm(whole.files, key)?.form.texts[currentLanguage()].title;
            const base = whole.draft.forms[key];
            return (
              <li key={key}>
                <Link
                  to="/design/drafts/$draftId/forms/$formKey"
                  params={{ draftId: whole.draft.id, formKey: key }}
                  search={{}}
                >
                  {typeof title === 'string' ? title : key}
                </Link>
                <code>{key}</code>
                <span>{base ? t('basedOn', { version: base }) : t('isNew')}</span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function Deployed({ whole }: { whole: WholeDraft }) {
  const { t } = useTranslation('draftForms');
  const { data, error, refetch } = useQuery(formsQuery);
  const taken = formsIn(whole.files);
  const diagram = whole.files[DIAGRAM] ?? '';
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const free = data.filter((form) => !taken.includes(form.key));
  const isUsed = (key: string) => diagram.includes(`form="${key}"`);
  const groups = [
    { title: t('usedHere'), forms: free.filter((form) => isUsed(form.key)) },
    { title: t('others'), forms: free.filter((form) => !isUsed(form.key)) },
  ];
  return (
    <section className={styles.panel} aria-labelledby="deployed">
      <h2 id="deployed">{t('deployed')}</h2>
      {groups.map(({ title, forms }) => (
        <details key={title} open={title === t('usedHere')}>
          <summary>{`${title} (${String(forms.length)})`}</summary>
          <ul className={styles.list}>
            {forms.map((form) => (
              <li key={form.key}>
                <span data-content>{form.title[currentLanguage()]}</span>
                <code>{form.key}</code>
                <span>{t('version', { version: form.version })}</span>
                <TakeIn whole={whole} formKey={form.key} name={form.title[currentLanguage()]} />
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

function TakeIn({ whole, formKey, name }: { whole: WholeDraft; formKey: string; name: string }) {
  const { t } = useTranslation('draftForms');
  const navigate = useNavigate();
  const take = useMutation({
    mutationFn: () => takeForm(whole.draft.id, whole.draft.revision, formKey),
    onSuccess: () =>
      navigate({
        to: '/design/drafts/$draftId/forms/$formKey',
        params: { draftId: whole.draft.id, formKey },
        search: {},
      }),
  });
  return (
    <>
      <Button
        busy={take.isPending}
        aria-label={t('changeOf', { name })}
        data-content
        onClick={() => {
          take.mutate();
        }}
      >
        {t('change')}
      </Button>
      {take.error && <ProblemNotice error={take.error} />}
    </>
  );
}
