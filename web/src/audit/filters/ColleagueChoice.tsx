import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Combobox } from '@/shared/ui/Combobox';
import { Field } from '@/shared/ui/Field';
import { peopleQuery } from '../queries';

const SHOWN = 20;

interface Props {
  label: string;
  /** A user id. */
  value: string | undefined;
  onChoose: (id: string | undefined) => void;
}

/** One of the people who work or have worked here, found by any part of the name; those who have left, too. */
export function ColleagueChoice({ label, value, onChoose }: Props) {
  const { t } = useTranslation('audit');
  const { data: people = [] } = useQuery(peopleQuery);
  const [text, setText] = useState('');
  const sought = text.trim().toLocaleLowerCase('sv').split(/\s+/);
  const found = people.filter(({ name }) => sought.every((part) => name.toLocaleLowerCase('sv').includes(part)));
  return (
    <Field label={label}>
      {(ties) => (
        <Combobox
          key={value ?? ''}
          {...ties}
          chosen={people.find((one) => one.id === value)?.name ?? value ?? ''}
          choices={found.slice(0, SHOWN).map(({ id, name }) => ({ value: id, text: name }))}
          news={t('cases.people', { count: found.length })}
          onSearch={setText}
          onChoose={(choice) => {
            onChoose(choice?.value);
          }}
        />
      )}
    </Field>
  );
}
