import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Loading } from '@/shared/ui/Loading';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { nameOf } from '../decisions/decisionFiles';
import { decisionsIn } from '../decisions/dmnXml';
import { contentsQuery, definitionsQuery } from '../packages';
import styles from './PackagePage.module.css';

/** What a version was deployed with: its decisions, its forms and the processes that it calls, each to be looked at. */
export function ContentsSection({ processKey, version }: { processKey: string; version: number }) {
  const { t } = useTranslation('packages');
  const language = currentLanguage();
  const { data, error, refetch } = useQuery(contentsQuery(processKey, version));
  const { data: definitions = [] } = useQuery(definitionsQuery);
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const nameOfProcess = (key: string): string => {
    const found = definitions.find((one) => one.key === key);
    return (language === 'sv' ? found?.name : found?.nameEn) ?? key;
  };
  return (
    <>
      <section className={styles.section} aria-labelledby="decisions">
        <h2 id="decisions">{t('version.decisions')}</h2>
        {data.decisions.length === 0 && <p>{t('version.none')}</p>}
        <ul className={styles.parts}>
          {data.decisions.map(({ file, xml }) => (
            <li key={file}>
              <Link
                to="/design/packages/$processKey/versions/$version/decisions/$file"
                params={{ processKey, version: String(version), file: nameOf(file) }}
                search={{}}
                data-content
              >
                {decisionsIn(xml)?.at(-1)?.name ?? file}
              </Link>{' '}
              <code className={styles.soft}>{nameOf(file)}</code>
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.section} aria-labelledby="forms">
        <h2 id="forms">{t('version.forms')}</h2>
        {data.forms.length === 0 && <p>{t('version.none')}</p>}
        <ul className={styles.parts}>
          {data.forms.map((form) => (
            <li key={form.key}>
              <Link
                to="/design/forms/$formKey"
                params={{ formKey: form.key }}
                search={{ version: form.version }}
                data-content
              >
                {form.title[language]}
              </Link>{' '}
              <code className={styles.soft}>{form.key}</code>{' '}
              <span className={styles.soft}>{t('version.numbered', { version: form.version })}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.section} aria-labelledby="calls">
        <h2 id="calls">{t('version.calls')}</h2>
        {data.calls.length === 0 && <p>{t('version.none')}</p>}
        <ul className={styles.parts}>
          {data.calls.map((call) => (
            <li key={call.key}>
              <Link
                to="/design/packages/$processKey/versions/$version"
                params={{ processKey: call.key, version: String(call.version) }}
                data-content
              >
                {nameOfProcess(call.key)}
              </Link>{' '}
              <code className={styles.soft}>{call.key}</code>{' '}
              <span className={styles.soft}>{t('version.numbered', { version: call.version })}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
