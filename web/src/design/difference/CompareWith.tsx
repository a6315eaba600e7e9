import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Select } from '@/shared/ui/Select';
import { versionsQuery } from '../packages';

interface Props {
  processKey: string;
  chosen: number;
  /** Only versions before this one. */
  below?: number;
  onChoose: (version: number) => void;
}

/** Which version to compare with. */
export function CompareWith({ processKey, chosen, below = Infinity, onChoose }: Props) {
  const { t } = useTranslation('difference');
  const { data: versions } = useQuery(versionsQuery(processKey));
  const choices = versions?.filter(({ version }) => version < below) ?? [];
  if (choices.length < 2) return null;
  return (
    <Select
      label={t('compareWith')}
      value={String(chosen)}
      choices={choices.map(({ version }) => ({ value: String(version), text: t('version', { version }) }))}
      onChoose={(value) => {
        if (value) onChoose(Number(value));
      }}
    />
  );
}
