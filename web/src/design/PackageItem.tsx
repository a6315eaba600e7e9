import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { dayOf } from '@/shared/time';
import { Button } from '@/shared/ui/Button';
import styles from './PackagesPage.module.css';
import { VersionTable } from './VersionTable';
import { BeginDraft } from './draft/BeginDraft';
import { draftsQuery } from './drafts';
import type { Definition } from './packages';

/** One process: what is live, whether new cases begin, and the way to its versions. */
export function PackageItem({ live }: { live: Definition }) {
  const { t } = useTranslation('design');
  const [open, setOpen] = useState(false);
  const name = currentLanguage() === 'sv' ? live.name : live.nameEn;
  return (
    <li className={styles.item}>
      <h2 data-content>
        <Link to="/design/packages/$processKey" params={{ processKey: live.key }}>
          {name}
        </Link>
      </h2>
      <p className={styles.facts}>
        <code>{live.key}</code>
        <span>
          {t('packages.live', { version: live.version, day: dayOf(live.deployedAt), name: live.deployedBy.name })}
        </span>
        {live.openCases !== null && <span>{t('packages.cases', { count: live.openCases })}</span>}
      </p>
      {live.retired && (
        <p className={styles.retired}>
          {t('packages.retired', { day: dayOf(live.retired.at), name: live.retired.by.name })} {live.retired.reason}
        </p>
      )}
      <div className={styles.actions}>
        <DraftOf live={live} name={name} />
        <Button
          aria-expanded={open}
          aria-label={t('packages.versionsOf', { name })}
          data-content
          onClick={() => {
            setOpen(!open);
          }}
        >
          {t('packages.versions')}
        </Button>
      </div>
      {open && <VersionTable processKey={live.key} name={name} />}
    </li>
  );
}

/** The way to the process's draft, which is begun where there is none. */
function DraftOf({ live, name }: { live: Definition; name: string }) {
  const { t } = useTranslation('design');
  const { data: drafts } = useQuery(draftsQuery);
  const draft = drafts?.find((one) => one.key === live.key);
  if (!draft) return <BeginDraft processKey={live.key} version={live.version} name={name} busy={!drafts} />;
  return (
    <Link to="/design/drafts/$draftId" params={{ draftId: draft.id }} aria-label={t('packages.openOf', { name })}>
      {t('packages.open')}
    </Link>
  );
}
