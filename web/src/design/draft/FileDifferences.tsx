import { useTranslation } from 'react-i18next';
import { DIAGRAM } from '../drafts';
import { DifferenceList } from './DifferenceList';
import type { Files } from './saver';

interface Props {
  before: Files;
  /** Only these files are compared. */
  after: Files;
  label: string;
}

/** What is other in some files than before: of the diagram its elements, of other files their names. */
export function FileDifferences({ before, after, label }: Props) {
  const { t } = useTranslation('draft');
  const diagram = after[DIAGRAM];
  const others = Object.keys(after).filter((name) => name !== DIAGRAM && after[name] !== (before[name] ?? null));
  return (
    <>
      {diagram && <DifferenceList before={before[DIAGRAM] ?? ''} after={diagram} label={label} />}
      {others.length > 0 && (
        <p>
          {t('history.otherFiles')} <code>{others.join(', ')}</code>
        </p>
      )}
    </>
  );
}
