import './texts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { dayOf } from '@/shared/time';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { formsQuery } from './forms';
import styles from './FormsPage.module.css';

export function FormsPage() {
  const { t } = useTranslation('forms');
  const { data, error, isPending, refetch } = useQuery(formsQuery);
  return (
    <div className={styles.page}>
      <PageTitle>{t('title')}</PageTitle>
      <p>{t('intro')}</p>
      {isPending && <Loading />}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p>{t('none')}</p>}
      {data && data.length > 0 && (
        <table className={styles.table} aria-label={t('title')}>
          <thead>
            <tr>
              <th scope="col">{t('form')}</th>
              <th scope="col">{t('key')}</th>
              <th scope="col">{t('version')}</th>
              <th scope="col">{t('deployed')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map((form) => (
              <tr key={form.key}>
                <th scope="row" data-content>
                  <Link to="/design/forms/$formKey" params={{ formKey: form.key }}>
                    {form.title[currentLanguage()]}
                  </Link>
                </th>
                <td data-label={t('key')}>
                  <code>{form.key}</code>
                </td>
                <td data-label={t('version')}>{form.version}</td>
                <td data-label={t('deployed')}>{dayOf(form.deployedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
