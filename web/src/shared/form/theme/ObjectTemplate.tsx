import type { ObjectFieldTemplateProps } from '@rjsf/utils';
import { useTranslation } from 'react-i18next';
import styles from './theme.module.css';
import { wordsIn } from './words';

/** The form itself and the rows of lists are bare; any other object is a group with its name. */
export function ObjectFieldTemplate({ properties, fieldPathId, uiSchema, ...props }: ObjectFieldTemplateProps) {
  const { t } = useTranslation();
  const fields = properties.map(({ name, content }) => (
    <div key={name} className={styles.member}>
      {content}
    </div>
  ));
  const isGroup = fieldPathId.path.length > 0 && typeof fieldPathId.path.at(-1) === 'string';
  if (!isGroup) return <div className={styles.fields}>{fields}</div>;
  const { hint } = wordsIn(uiSchema?.['ui:options']);
  return (
    <fieldset id={fieldPathId.$id} className={styles.group}>
      <legend data-content>
        {String(uiSchema?.['ui:title'] ?? props.title)}
        {!props.required && <span className={styles.optional}> ({t('form.optional')})</span>}
      </legend>
      {hint && (
        <p className={styles.hint} data-content>
          {hint}
        </p>
      )}
      {fields}
    </fieldset>
  );
}
