import { useTranslation } from 'react-i18next';
import type { Installation } from '@/shared/installation';
import styles from './Contact.module.css';

interface Props {
  contact: NonNullable<Installation['accessibility']>;
}

/** Whom to tell about a hindrance, and how to reach them. */
export function Contact({ contact: { authority, email, phone, address } }: Props) {
  const { t } = useTranslation('about');
  return (
    <>
      <p>{t('helpText')}</p>
      <dl className={styles.contact}>
        <Told name={t('authority')}>{authority}</Told>
        {email && (
          <Told name={t('email')}>
            <a href={`mailto:${email}`}>{email}</a>
          </Told>
        )}
        {phone && (
          <Told name={t('phone')}>
            <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>
          </Told>
        )}
        {address && <Told name={t('address')}>{address}</Told>}
      </dl>
    </>
  );
}

function Told({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
