/** Which field of the properties mends which finding of the engine. */
import type { Finding } from './drafts';
import { DIAGRAM } from './drafts';
import type { FieldId } from './studio/fields';

const FIELDS: Record<string, FieldId[]> = {
  'bad-default': ['isDefault'],
  'bad-groups': ['groups'],
  'bad-priority': ['priority'],
  'bad-time': ['timer', 'due', 'followUp'],
  'bad-version': ['version'],
  'default-with-condition': ['condition'],
  'never-taken': ['condition'],
  'no-called-element': ['calledElement'],
  'no-condition': ['condition'],
  'no-correlation': ['correlation'],
  'no-decision': ['decision'],
  'no-form': ['form'],
  'no-handler': ['handler'],
  'no-message': ['message'],
  'no-name': ['name'],
  'no-process': ['calledElement'],
  'no-script': ['script'],
  'no-time': ['timer'],
  'not-callable': ['calledElement'],
  nobody: ['groups'],
};
const EXPRESSIONS: FieldId[] = ['condition', 'script', 'timer', 'correlation', 'due', 'followUp', 'assignee', 'title'];

/** The field, among those that are shown, that a finding is about. */
export function fieldOf(finding: Finding, shown: readonly FieldId[]): FieldId | undefined {
  const named = shown.find((field) => new RegExp(`[\`\\s.:]${field}[\`\\s.:,]`).test(` ${finding.message.en} `));
  const byRule = FIELDS[finding.rule]?.find((field) => shown.includes(field));
  const isAboutText = ['bad-expression', 'unknown-name', 'not-feel', 'script-language'].includes(finding.rule);
  return byRule ?? named ?? (isAboutText ? EXPRESSIONS.find((field) => shown.includes(field)) : undefined);
}

/** Findings about what is drawn, by the id of the element. */
export function findingsOf(findings: readonly Finding[], element: string): Finding[] {
  return findings.filter((one) => one.file === DIAGRAM && one.element === element);
}
