/**
 * How a job tells its check, in one language.
 *
 * @typedef {{ id: string, title: string, hint: string, code: string }} Snippet
 */

/** @param {string} url the ping URL @returns {Snippet[]} */
export const snippetsFor = (url) => [
  {
    id: 'crontab',
    title: 'Crontab',
    hint: 'Pings only if the job succeeds.',
    code: `0 3 * * *  /path/to/job.sh && curl -fsS -m 10 --retry 5 -o /dev/null ${url}`,
  },
  {
    id: 'shell',
    title: 'Shell',
    hint: 'Reports the start, the exit status and the last lines of output.',
    code: `#!/bin/sh
url=${url}
curl -fsS -m 10 --retry 5 -o /dev/null "$url/start"
output=$(/path/to/job.sh 2>&1)
status=$?
printf '%s' "$output" | tail -c 10000 |
  curl -fsS -m 10 --retry 5 -o /dev/null --data-binary @- "$url/$status"`,
  },
  {
    id: 'python',
    title: 'Python',
    hint: 'Standard library only.',
    code: `from urllib.request import urlopen

url = "${url}"
urlopen(f"{url}/start", timeout=10)
try:
    run_the_job()
except Exception as error:
    urlopen(f"{url}/fail", data=str(error).encode(), timeout=10)
    raise
urlopen(url, timeout=10)`,
  },
  {
    id: 'node',
    title: 'Node.js',
    hint: 'Node 18 or newer.',
    code: `const url = '${url}';
const ping = (path = '', body) =>
  fetch(url + path, { method: 'POST', body, signal: AbortSignal.timeout(10_000) });

await ping('/start');
try {
  await runTheJob();
  await ping();
} catch (error) {
  await ping('/fail', String(error));
  throw error;
}`,
  },
  {
    id: 'powershell',
    title: 'PowerShell',
    hint: 'For the Windows task scheduler.',
    code: `$url = "${url}"
Invoke-RestMethod "$url/start" -TimeoutSec 10
& C:\\jobs\\job.exe
Invoke-RestMethod "$url/$LASTEXITCODE" -TimeoutSec 10`,
  },
];
