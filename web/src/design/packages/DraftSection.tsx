import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { momentOf } from '@/shared/time';
import { BeginDraft } from '../draft/BeginDraft';
import type { Draft } from '../drafts';
import { draftZip } from '../exchange/exchange';
import type { Definition } from '../packages';
import styles from './PackagePage.module.css';

interface Props {
  draft: Draft | undefined;
  /** What a draft is begun from; undefined where nothing is deployed yet. */
  live: Definition | undefined;
}

/** The process's draft, and what can be done with it. */
export function DraftSection({ draft, live }: Props) {
  const { t } = useTranslation('packages');
  return (
    <section className={styles.section} aria-labelledby="draft">
      <h2 id="draft">{t('draft.title')}</h2>
      {draft ? (
        <>
          <p>
            {t('draft.is', { moment: momentOf(draft.savedAt), name: draft.savedBy.name })}{' '}
            {draft.basedOn !== null && t('draft.basedOn', { version: draft.basedOn })}
          </p>
          <p className={styles.links}>
            <Link to="/design/drafts/$draftId" params={{ draftId: draft.id }}>
              {t('draft.open')}
            </Link>
            <Link to="/design/drafts/$draftId/difference" params={{ draftId: draft.id }} search={{}}>
              {t('draft.difference')}
            </Link>
            <Link to="/design/drafts/$draftId/scenarios" params={{ draftId: draft.id }}>
              {t('draft.scenarios')}
            </Link>
            <a href={draftZip(draft.id)} download>
              {t('draft.zip')}
            </a>
            <Link to="/design/import" search={{ into: draft.id }}>
              {t('draft.import')}
            </Link>
          </p>
          <p className={styles.soft}>{t('draft.zipHolds')}</p>
        </>
      ) : (
        <>
          <p>{t('draft.none')}</p>
          {live && (
            <div>
              <BeginDraft
                processKey={live.key}
                version={live.version}
                name={currentLanguage() === 'sv' ? live.name : live.nameEn}
              />
            </div>
          )}
          <p>
            <Link to="/design/import" search={{}}>
              {t('draft.import')}
            </Link>
          </p>
        </>
      )}
    </section>
  );
}
