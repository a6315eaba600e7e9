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
