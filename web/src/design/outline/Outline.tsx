import { useTranslation } from 'react-i18next';
import type { Studio } from '../drawing/Studio';
import { OutlineRow } from './OutlineRow';
import styles from './outline.module.css';

export const COLUMNS = ['name', 'groups', 'form'] as const;

/** The diagram as a table of its steps in the order of the flows: everything that pointing can do, without pointing. */
export function Outline({ studio }: { studio: Studio }) {
  const { t } = useTranslation('draft');
  return (
    <section className={styles.panel} aria-labelledby="outline">
      <h2 id="outline">{t('outline.title')}</h2>
      <table className={styles.outline} data-content>
        <thead>
          <tr>
            <th scope="col">{t('outline.step')}</th>
            {COLUMNS.map((field) => (
              <th key={field} scope="col">
                {t(`field.${field}`)}
              </th>
            ))}
            <th scope="col">{t('outline.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {studio.steps.map((step) => (
            <OutlineRow key={step.id} studio={studio} step={step} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
