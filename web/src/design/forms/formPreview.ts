/** What stands in the address of a form's preview. */
export interface FormPreview {
  sample?: string;
  width?: 'phone';
  language?: 'sv' | 'en';
}

export function readFormPreview(search: Record<string, unknown>): FormPreview {
  const { sample, width, language } = search;
  return {
    ...(typeof sample === 'string' && sample && { sample }),
    ...(width === 'phone' && { width }),
    ...((language === 'sv' || language === 'en') && { language }),
  };
}

/** The same of a deployed form, with the version that is looked at; the newest without one. */
interface DeployedForm extends FormPreview {
  version?: number;
}

export function readDeployedForm(search: Record<string, unknown>): DeployedForm {
  const { version } = search;
  const isNumber = typeof version === 'number' && Number.isInteger(version) && version > 0;
  return { ...readFormPreview(search), ...(isNumber && { version }) };
}
