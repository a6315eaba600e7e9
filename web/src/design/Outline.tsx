import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Select } from '@/shared/ui/Select';
import { CommitField } from './CommitField';
import styles from './DraftPage.module.css';
import { type KindName, KINDS } from './studio/bpmn';
import { type FieldId, fieldsOf, read, write } from './studio/fields';
import type { Studio } from './studio/Studio';
import { useWords } from './useWords';

const COLUMNS = ['name', 'groups', 'form'] as const satisfies FieldId[];

/** The diagram as a table of its steps in the order of the flows: everything that pointing can do, without pointing. */
export function Outline({ studio }: { studio: Studio }) {
  const { t } = useTranslation('design');
  const words = useWords();
  return (
    <section className={styles.panel} aria-labelledby="outline">
      <h2 id="outline">{t('outline.title')}</h2>
      <table className={styles.outline} data-content>
        <thead>
          <tr>
            <th scope="col">{t('outline.kind')}</th>
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
            <tr key={step.id}>
              <th scope="row">{words.kind(step)}</th>
              {COLUMNS.map((field) => (
                <td key={field} data-label={t(`field.${field}`)}>
                  {fieldsOf(step).includes(field) && (
                    <CommitField
                      hiddenLabel
                      label={`${t(`field.${field}`)}: ${words.name(step)}`}
                      value={read(step, field)}
                      onCommit={(text) => {
                        write(studio, step, field, text);
                      }}
                    />
                  )}
                </td>
              ))}
              <td>
                <div className={styles.row}>
                  {step.type !== 'bpmn:EndEvent' && (
                    <Select
                      label={t('outline.addAfter', { name: words.name(step) })}
                      value=""
                      choices={[
                        { value: '', text: t('flows.choose') },
                        ...(Object.keys(KINDS) as KindName[]).map((kind) => ({ value: kind, text: t(`add.${kind}`) })),
                      ]}
                      onChoose={(kind) => {
                        if (kind) studio.add(kind as KindName, step);
                      }}
                    />
                  )}
                  <Button
                    look="plain"
                    aria-label={t('outline.show', { name: words.name(step) })}
                    onClick={() => {
                      studio.select(step);
                    }}
                  >
                    {t('outline.showShort')}
                  </Button>
                  <Button
                    look="plain"
                    aria-label={t('outline.remove', { name: words.name(step) })}
                    onClick={() => {
                      studio.remove(step);
                    }}
                  >
                    {t('properties.remove')}
                  </Button>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
