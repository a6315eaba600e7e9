import { type FormPreview, readFormPreview } from '../forms/formPreview';

/** What stands in the address of a form in a draft: the file that is open, and how the form is shown. */
interface DraftFormSearch extends FormPreview {
  file?: string;
}

export function readDraftForm(search: Record<string, unknown>): DraftFormSearch {
  const { file } = search;
  return { ...readFormPreview(search), ...(typeof file === 'string' && file && { file }) };
}
