/** Sending a file, with word of how much has gone: fetch cannot tell that. */
import { changeHeaders, isSignedInAgain } from './client';
import { ApiProblem, type ProblemDocument } from './problem';

type OnProgress = (percent: number) => void;

interface Sent {
  path: string;
  file: File;
  /** The file's own: sent again with the same it is added once. */
  key: string;
  onProgress: OnProgress;
}

/** Resolves when the server has taken it. Throws an ApiProblem where it says no, and a TypeError when no server was reached. */
export async function upload(sent: Sent): Promise<void> {
  try {
    await send(sent);
  } catch (problem) {
    const isSessionOver = problem instanceof ApiProblem && problem.status === 401;
    if (!isSessionOver || !(await isSignedInAgain())) throw problem;
    await send(sent);
  }
}

function send({ path, file, key, onProgress }: Sent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    for (const [name, value] of Object.entries(changeHeaders())) request.setRequestHeader(name, value);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Idempotency-Key', key);
    request.setRequestHeader('X-File-Name', encodeURIComponent(file.name));
    request.upload.onprogress = ({ loaded, total }) => {
      onProgress(total > 0 ? Math.floor((100 * loaded) / total) : 0);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new ApiProblem(request.status, documentOf(request.responseText), new Headers()));
    };
    request.onerror = () => {
      reject(new TypeError('The server was not reached.'));
    };
    request.send(file);
  });
}

function documentOf(text: string): Partial<ProblemDocument> {
  try {
    return JSON.parse(text) as Partial<ProblemDocument>;
  } catch {
    return {};
  }
}
