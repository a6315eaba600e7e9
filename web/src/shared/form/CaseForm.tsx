import Form from '@rjsf/core';
import type { ErrorSchema } from '@rjsf/utils';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '@/api/schema';
import type { Language } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { useSlowly } from '../useSlowly';
import styles from './CaseForm.module.css';
import { ErrorSummary } from './ErrorSummary';
import { inOrder } from './inOrder';
import { answered } from './rules/answered';
import { breachesOf } from './rules/breaches';
import { fieldsOf } from './rules/fields';
import { problemsOf, type Problem } from './rules/problems';
import { pathOf, type Json, type JsonObject } from './rules/schema';
import { rjsfValidator } from './rjsfValidator';
import { fields, templates, widgets } from './theme';
import { uiSchemaOf } from './uiSchema';

export type FormDefinition = components['schemas']['FormView'];

interface Props {
  /** Tells the form's fields from those of another form on the page. */
  id: string;
  form: FormDefinition;
  values: JsonObject;
  onChange?: (values: JsonObject) => void;
  /** Called with values that break no rule that the browser knows. Resolves to what the server found wrong, if anything. */
  onSubmit?: (values: JsonObject) => Promise<readonly Problem[]>;
  /** To be looked at only: nothing can be written or sent. */
  readOnly?: boolean;
  /** A part of something larger, which has a button of its own. */
  withoutButton?: boolean;
  /** What is known to be wrong from the beginning. */
  problems?: readonly Problem[];
  busy?: boolean;
  /** Beside the button that sends. */
  beside?: ReactNode;
}

const SLOW_MS = 400;

/** A form as its designer wrote it, in the reader's language. */
export function CaseForm(props: Props) {
  const { id, form, values, onChange, onSubmit, busy = false, beside, readOnly = false, withoutButton = false } = props;
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'sv';
  const schema = form.schema as JsonObject;
  const texts = form.texts[language] as JsonObject;
  const uiSchema = useMemo(() => uiSchemaOf(schema, form.ui as JsonObject, texts), [schema, form.ui, texts]);
  const [found, setFound] = useState<{ problems: readonly Problem[]; times: number }>(() => ({
    problems: inOrder(props.problems ?? [], values, schema, form.ui as JsonObject),
    times: 0,
  }));

  // What would be written after it was sent, while the answer is slow to come, would go away with the form.
  const isLocked = useSlowly(busy, SLOW_MS) && busy;

  async function send(): Promise<void> {
    if (busy || !onSubmit) return;
    const wording = { fields: fieldsOf(schema), texts, language };
    const answers = answered(schema, values);
    const own = problemsOf(breachesOf(schema, answers), answers, wording);
    const problems = own.length > 0 ? own : await onSubmit(answers);
    const sorted = inOrder(problems, answers, schema, form.ui as JsonObject);
    setFound(({ times }) => ({ problems: sorted, times: times + 1 }));
  }
  return (
    <div className={styles.form}>
      {typeof texts.intro === 'string' && (
        <p className={styles.intro} data-content>
          {texts.intro}
        </p>
      )}
      <ErrorSummary key={found.times} id={id} problems={found.problems} values={values} />
      <Form
        idPrefix={id}
        schema={schema as object}
        uiSchema={uiSchema}
        formData={values}
        validator={rjsfValidator}
        templates={templates}
        widgets={widgets}
        fields={fields}
        extraErrors={errorsAt(found.problems, values)}
        readonly={readOnly || isLocked}
        noHtml5Validate
        noValidate
        showErrorList={false}
        experimental_defaultFormStateBehavior={{
          emptyObjectFields: 'skipDefaults',
          arrayMinItems: { populate: 'never' },
          // A box that must be ticked is ticked by the person, never beforehand.
          constAsDefaults: 'never',
        }}
        onChange={({ formData }) => {
          onChange?.((formData ?? {}) as JsonObject);
        }}
        onSubmit={() => void send()}
      >
        {readOnly || withoutButton ? (
          <></>
        ) : (
          <div className={styles.end}>
            <Button type="submit" look="primary" busy={busy}>
              {typeof texts.submit === 'string' ? texts.submit : t('form.submit')}
            </Button>
            {isLocked && <p role="status">{t('form.sending')}</p>}
            {beside}
          </div>
        )}
      </Form>
    </div>
  );
}

function errorsAt(problems: readonly Problem[], values: JsonObject): ErrorSchema {
  const whole: ErrorSchema = {};
  for (const { path, text } of problems) {
    let here = whole as Record<string, unknown>;
    for (const part of pathOf(path, values as Json)) here = (here[String(part)] ??= {}) as Record<string, unknown>;
    here.__errors = [...((here.__errors as string[] | undefined) ?? []), text];
  }
  return whole;
}
