import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { JsonObject } from '@/shared/form/rules/schema';
import { currentLanguage } from '@/shared/i18n';
import { momentOf } from '@/shared/time';
import { Loading } from '@/shared/ui/Loading';
import { PageProblem } from '@/shared/ui/PageProblem';
import { PageTitle } from '@/shared/ui/PageTitle';
import { Select } from '@/shared/ui/Select';
import { readDeployedForm } from './formPreview';
import { formQuery, formVersionsQuery } from './forms';
import { PreviewChoices, Previews } from './Previews';
import styles from './FormPage.module.css';

const route = getRouteApi('/shell/design/forms/$formKey');

/** A deployed form as people see it, in both languages, wide and narrow, empty or filled in with one of its examples. */
export function FormPage() {
  const { formKey } = route.useParams();
  const { t } = useTranslation('forms');
  const preview = route.useSearch();
  const { data, error, isPending, refetch } = useQuery(formQuery(formKey, preview.version));
  const navigate = route.useNavigate();
  if (isPending) return <Loading />;
  if (error) return <PageProblem error={error} onRetry={() => void refetch()} />;
  const title = data.form.texts[currentLanguage()].title;
  const choose = (change: Record<string, string | number | undefined>): void => {
    void navigate({
      search: (before) => readDeployedForm({ ...before, ...change }),
      replace: true,
      resetScroll: false,
    });
  };
  return (
    <div className={styles.page}>
      <p>
        <Link to="/design/forms" className={styles.back}>
          {t('back')}
        </Link>
      </p>
      <PageTitle>{typeof title === 'string' ? title : formKey}</PageTitle>
      <p>
        {t('facts', { version: data.version, moment: momentOf(data.deployedAt) })} <code>{formKey}</code>
      </p>
      <OtherVersions
        formKey={formKey}
        shown={data}
        onChoose={(version) => {
          choose({ version });
        }}
      />
      <PreviewChoices examples={Object.keys(data.examples)} preview={preview} onChoose={choose} />
      <Previews
        key={`${String(data.version)} ${preview.sample ?? ''}`}
        form={data.form}
        examples={data.examples as Record<string, JsonObject>}
        preview={preview}
      />
    </div>
  );
}

interface Props {
  formKey: string;
  shown: { version: number };
  /** Called with a number, or with none for the newest. */
  onChoose: (version: number | undefined) => void;
}

function OtherVersions({ formKey, shown, onChoose }: Props) {
  const { t } = useTranslation('forms');
  const { data: versions = [] } = useQuery(formVersionsQuery(formKey));
  const newest = versions[0]?.version;
  if (versions.length < 2) return null;
  return (
    <>
      {newest !== undefined && shown.version < newest && <p>{t('older', { version: newest })}</p>}
      <Select
        label={t('version')}
        value={String(shown.version)}
        choices={versions.map(({ version, deployedAt }) => ({
          value: String(version),
          text: t('versionOf', { version, moment: momentOf(deployedAt) }),
        }))}
        onChoose={(chosen) => {
          onChoose(Number(chosen) === newest ? undefined : Number(chosen));
        }}
      />
    </>
  );
}
