import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { findingsQuery } from '../drafts';
import styles from './Exchange.module.css';
import type { Imported } from './exchange';

/** What came of a zip file: the draft, what was left out, its forms, and what the check says. */
export function ImportResult({ imported }: { imported: Imported }) {
  const { t } = useTranslation('exchange');
  const { draft, forms, leftOut } = imported;
  const params = { draftId: draft.id };
  const others = forms.filter(({ state }) => state !== 'same');
  return (
    <div className={styles.result}>
      <h2>{t('done.title', { key: draft.key })}</h2>
      <p>{t('done.files', { count: imported.files.length })}</p>
      {forms.length > others.length && <p>{t('done.same', { count: forms.length - others.length })}</p>}
      {others.length > 0 && (
        <>
          <p>{t('done.others')}</p>
          <ul className={styles.plain}>
            {others.map(({ key, state }) => (
              <li key={key}>
                <code>{key}</code> – {t(state === 'missing' ? 'done.missing' : 'done.other')}
              </li>
            ))}
          </ul>
        </>
      )}
      {leftOut.length > 0 && (
        <>
          <p>{t('done.leftOut')}</p>
          <ul className={styles.plain}>
            {leftOut.map((path) => (
              <li key={path}>
                <code>{path}</code>
              </li>
            ))}
          </ul>
        </>
      )}
      <Check draftId={draft.id} revision={draft.revision} />
      <p className={styles.links}>
        <Link to="/design/drafts/$draftId" params={params}>
          {t('done.open')}
        </Link>
        <Link to="/design/drafts/$draftId/difference" params={params} search={{}}>
          {t('done.difference')}
        </Link>
      </p>
    </div>
  );
}

function Check({ draftId, revision }: { draftId: string; revision: number }) {
  const { t } = useTranslation('exchange');
  const language = currentLanguage();
  const { data } = useQuery(findingsQuery(draftId, revision));
  if (!data) return <p>{t('done.checking')}</p>;
  return (
    <>
      <p>{t('done.findings', { count: data.length })}</p>
      {data.length > 0 && (
        <ul className={styles.plain} data-content>
          {data.map((finding, index) => (
            <li key={index}>
              {finding.message[language]} {finding.remedy[language]}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
