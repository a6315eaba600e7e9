import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { dayOf } from '@/shared/time';
import { Button } from '@/shared/ui/Button';
import styles from './PackagesPage.module.css';
import { VersionTable } from './VersionTable';
import type { Definition } from './packages';

/** One process: what is live, whether new cases begin, and the way to its versions. */
export function PackageItem({ live }: { live: Definition }) {
  const { t } = useTranslation('design');
  const [open, setOpen] = useState(false);
  const name = currentLanguage() === 'sv' ? live.name : live.nameEn;
  return (
    <li className={styles.item}>
      <h2 data-content>{name}</h2>
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
      <div>
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
