import type { FieldTemplateProps } from '@rjsf/utils';
import { useTranslation } from 'react-i18next';
import { About } from './About';
import styles from './theme.module.css';
import { describedBy, wordsIn } from './words';

const RADIOS = ['radio', 'scale'];

/** Label, hint and error in that order, then the field. Objects and lists bring a frame of their own. */
export function FieldTemplate(props: FieldTemplateProps) {
  const { id, label, children, hidden, required, rawErrors, schema, uiSchema } = props;
  const { t } = useTranslation();
  const widget = String(uiSchema?.['ui:widget'] ?? '');
  if (hidden || widget === 'hidden') return <div hidden>{children}</div>;
  if (schema.type === 'object' || (schema.type === 'array' && widget !== 'checkboxes')) return children;

  const words = wordsIn(uiSchema?.['ui:options']);
  const title = (
    <>
      {label}
      {!required && <span className={styles.optional}> ({t('form.optional')})</span>}
    </>
  );
  const about = <About id={id} words={words} errors={rawErrors} />;
  const className = [styles.field, rawErrors?.length ? styles.wrong : ''].join(' ');
  if (RADIOS.includes(widget) || widget === 'checkboxes') {
    const isRadios = RADIOS.includes(widget);
    return (
      <fieldset
        id={id}
        className={className}
        role={isRadios ? 'radiogroup' : undefined}
        aria-describedby={describedBy(id, words, rawErrors)}
        aria-invalid={isRadios && rawErrors?.length ? true : undefined}
        aria-required={isRadios && required ? true : undefined}
      >
        <legend data-content>{title}</legend>
        {about}
        {children}
      </fieldset>
    );
  }
  if (widget === 'checkbox')
    return (
      <div className={className}>
        {about}
        {children}
      </div>
    );
  return (
    <div className={className}>
      <label htmlFor={id} data-content>
        {title}
      </label>
      {about}
      {children}
    </div>
  );
}
