import { ApiProblem } from '@/api/problem';
import { Notice } from '@/shared/ui/Notice';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import styles from './Exchange.module.css';

/** What was refused, with everything that is wrong, where, and what to do about it. */
export function FindingsRefusal({ error }: { error: unknown }) {
  const document = error instanceof ApiProblem ? error.document : {};
  const findings = document.findings ?? [];
  const problems = document.problems ?? [];
  if (findings.length === 0 && problems.length === 0) return <ProblemNotice error={error} />;
  return (
    <Notice tone="error" title={document.title ?? ''}>
      <p>{document.detail}</p>
      <ul className={styles.plain} data-content>
        {findings.map((finding, index) => (
          <li key={index}>
            {finding.message} {finding.remedy}
            {finding.file && finding.line !== null && (
              <>
                {' '}
                <code>{[finding.file, finding.line].join(':')}</code>
              </>
            )}
          </li>
        ))}
        {problems.map((problem, index) => (
          <li key={index}>
            {problem.text} <code>{decodePointer(problem.path)}</code>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** The file that a place in the request is about. */
function decodePointer(path: string): string {
  return path
    .replace(/^\/files\/?/, '')
    .replace(/~1/g, '/')
    .replace(/~0/g, '~');
}
