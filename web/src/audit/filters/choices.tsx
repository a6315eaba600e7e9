/** What cases are chosen by in more than one place. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Select } from '@/shared/ui/Select';
import { definitionsQuery, unitsQuery, versionsQuery } from '../queries';

interface Props<Value> {
  value: Value | undefined;
  onChoose: (value: Value | undefined) => void;
}

export function ProcessChoice({ value = '', any = false, onChoose }: Props<string> & { any?: boolean }) {
  const { t } = useTranslation('audit');
  const { data: definitions = [] } = useQuery(definitionsQuery);
  const choices = definitions.map(({ key, name, nameEn }) => ({
    value: key,
    text: currentLanguage() === 'sv' ? name : nameEn,
  }));
  return (
    <Select
      label={t('cases.process')}
      value={value}
      choices={any ? [{ value: '', text: t('cases.anyProcess') }, ...choices] : choices}
      onChoose={onChoose}
    />
  );
}

export function VersionChoice({ process, value, onChoose }: Props<number> & { process: string }) {
  const { t } = useTranslation('audit');
  const { data: versions = [] } = useQuery(versionsQuery(process));
  return (
    <Select
      label={t('statistics.version')}
      value={value ? String(value) : ''}
      choices={[
        { value: '', text: t('statistics.anyVersion') },
        ...versions.map(({ version }) => ({ value: String(version), text: t('statistics.oneVersion', { version }) })),
      ]}
      onChoose={(version) => {
        onChoose(version ? Number(version) : undefined);
      }}
    />
  );
}

export function UnitChoice({ value = '', onChoose }: Props<string>) {
  const { t } = useTranslation('audit');
  const { data: units = [] } = useQuery(unitsQuery);
  return (
    <Select
      label={t('cases.unit')}
      value={value}
      choices={[{ value: '', text: t('cases.anyUnit') }, ...units.map(({ id, name }) => ({ value: id, text: name }))]}
      onChoose={onChoose}
    />
  );
}
