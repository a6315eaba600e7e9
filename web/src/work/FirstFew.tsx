import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';

const FEW = 8;

interface Props<T> {
  of: readonly T[];
  /** How the list looks, and what it is called where nothing above it says so. */
  className?: string | undefined;
  label?: string;
  /** One item, as a `li`. */
  children: (one: T) => ReactNode;
}

/** A list of which the first few are shown, until all are asked for. */
export function FirstFew<T>({ of, className, label, children }: Props<T>) {
  const { t } = useTranslation('work');
  const id = useId();
  const [isAll, setAll] = useState(false);
  return (
    <>
      <ul id={id} className={className} aria-label={label}>
        {(isAll ? of : of.slice(0, FEW)).map(children)}
      </ul>
      {of.length > FEW && (
        <div>
          <Button
            aria-expanded={isAll}
            aria-controls={id}
            onClick={() => {
              setAll(!isAll);
            }}
          >
            {isAll ? t('few.less') : t('few.all', { number: of.length })}
          </Button>
        </div>
      )}
    </>
  );
}
