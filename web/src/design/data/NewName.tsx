import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Select } from '@/shared/ui/Select';
import { showWrong } from '@/shared/ui/showWrong';
import { TextField } from '@/shared/ui/TextField';
import styles from './Data.module.css';
import { NAME, namesIn, type TypeName, TYPES, withName } from './names';

interface Props {
  text: string;
  onWrite: (text: string) => void;
}

/** Declares one more name. */
export function NewName({ text, onWrite }: Props) {
  const { t } = useTranslation('data');
  const [name, setName] = useState('');
  const [type, setType] = useState<TypeName>('text');
  const [isAsked, setAsked] = useState(false);
  const names = namesIn(text);
  const isTaken = names?.some((one) => one.name === name.trim());
  const error = !NAME.test(name.trim()) || name.trim() === 'case' ? t('nameBad') : isTaken ? t('nameTaken') : '';
  if (!names) return null;
  return (
    <form
      className={styles.row}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        showWrong(event.currentTarget, () => {
          setAsked(true);
        });
        const written = error ? undefined : withName(text, name.trim(), type);
        if (written === undefined) return;
        onWrite(written);
        setName('');
        setAsked(false);
      }}
    >
      <TextField
        label={t('new')}
        hint={t('newHint')}
        error={isAsked ? error : ''}
        value={name}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <Select
        label={t('holds')}
        value={type}
        choices={Object.keys(TYPES).map((one) => ({ value: one, text: t(`type.${one as TypeName}`) }))}
        onChoose={(chosen) => {
          setType((chosen as TypeName | undefined) ?? 'text');
        }}
      />
      <Button type="submit">{t('add')}</Button>
    </form>
  );
}
