import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Notice } from '@/shared/ui/Notice';
import styles from './Data.module.css';
import { namesIn, withoutName } from './names';

interface Props {
  text: string;
  onWrite: (text: string) => void;
}

/** The names that the file declares, each with what it may hold and the way out of it. */
export function DeclaredNames({ text, onWrite }: Props) {
  const { t } = useTranslation('data');
  const names = namesIn(text);
  if (!names) return <Notice tone="warning">{t('unreadable')}</Notice>;
  if (names.length === 0) return <p>{t('none')}</p>;
  return (
    <ul className={styles.list}>
      {names.map(({ name, type }) => (
        <li key={name}>
          <code>{name}</code>
          <span>{t(type ? `type.${type}` : 'other')}</span>
          <Button
            look="plain"
            aria-label={t('removeOf', { name })}
            data-content
            onClick={() => {
              onWrite(withoutName(text, name) ?? text);
            }}
          >
            {t('remove')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
