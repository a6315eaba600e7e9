import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { SourceEditor } from '@/shared/source/SourceEditor';
import type { Finding } from '../drafts';
import { brokenAt } from './dmnElements';

interface Props {
  path: string;
  xml: string;
  findings: readonly Finding[];
  /** The line that is gone to. */
  line: number | undefined;
  onWrite: (xml: string) => void;
}

/** The file as it is, for what the fields and the drawn table do not reach, and for mending a file that cannot be read. */
export function FileSource({ path, xml, findings, line, onWrite }: Props) {
  const { t } = useTranslation('decisions');
  const language = currentLanguage();
  const broken = brokenAt(xml);
  const told = findings.map((one) => ({
    line: one.line ?? undefined,
    text: `${one.message[language]} ${one.remedy[language]}`,
    isError: one.severity === 'error',
  }));
  const isTold = told.some((one) => one.isError);
  return (
    <SourceEditor
      label={path}
      language="xml"
      text={xml}
      problems={
        broken === undefined || isTold ? told : [{ line: broken, text: t('sourceBroken'), isError: true }, ...told]
      }
      line={line}
      onChange={onWrite}
    />
  );
}
