import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import './texts';
import { installationQuery, useProductName } from '@/shared/installation';
import { PageTitle } from '@/shared/ui/PageTitle';
import { OpenFrame } from '../OpenFrame';
import { Contact } from './Contact';
import styles from './AccessibilityPage.module.css';

/** The accessibility statement that the law asks for, about this installation. */
export function AccessibilityPage() {
  const { t } = useTranslation('about');
  const product = useProductName();
  const { data: installation } = useQuery(installationQuery);
  const known = t('knownItems', { returnObjects: true });
  return (
    <OpenFrame>
      <PageTitle>{t('title')}</PageTitle>
      <p>{t('intro', { product })}</p>
      <Part title={t('standard')}>
        <p>{t('standardText')}</p>
      </Part>
      <Part title={t('known')}>
        <ul>
          {known.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      </Part>
      <Part title={t('tested')}>
        <p>{t('testedText')}</p>
      </Part>
      <Part title={t('help')}>
        {installation?.accessibility ? <Contact contact={installation.accessibility} /> : <p>{t('helpNobody')}</p>}
      </Part>
      <Part title={t('supervision')}>
        <p>
          {t('supervisionText')} <a href="https://www.digg.se/tdosanmalan">{t('supervisionLink')}</a>.
        </p>
      </Part>
    </OpenFrame>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
