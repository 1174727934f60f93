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
    hint: 'Standard library only. Tries again; a ping that fails does not stop the job.',
    code: `import time
from urllib.request import urlopen

url = "${url}"

def ping(path="", body=None):
    for pause in (1, 2, 4, 8, None):
        try:
            return urlopen(url + path, data=body, timeout=10).close()
        except Exception as error:
            if pause is None:
                return print("no ping:", error)
            time.sleep(pause)

ping("/start")
try:
    run_the_job()
except Exception as error:
    ping("/fail", str(error).encode())
    raise
ping()`,
  },
  {
    id: 'node',
    title: 'Node.js',
    hint: 'Node 18 or newer. Tries again; a ping that fails does not stop the job.',
    code: `const url = '${url}';

async function ping(path = '', body = undefined) {
  for (const pause of [1, 2, 4, 8, null]) {
    try {
      const signal = AbortSignal.timeout(10_000);
      const answer = await fetch(url + path, { method: 'POST', body, signal });
      if (answer.ok) return;
      throw new Error(\`answered \${answer.status}\`);
    } catch (error) {
      if (pause === null) return console.error('no ping:', error.message);
      await new Promise((done) => setTimeout(done, pause * 1000));
    }
  }
}

await ping('/start');
try {
  await runTheJob();
} catch (error) {
  await ping('/fail', String(error));
  throw error;
}
await ping();`,
  },
  {
    id: 'powershell',
    title: 'PowerShell',
    hint: 'For the Windows task scheduler. Tries again; a ping that fails does not stop the job.',
    code: `$url = "${url}"

function Send-Ping($path) {
  foreach ($pause in 1, 2, 4, 8, 0) {
    try { return Invoke-RestMethod "$url$path" -TimeoutSec 10 | Out-Null }
    catch { Write-Warning "no ping: $($_.Exception.Message)"; Start-Sleep $pause }
  }
}

Send-Ping "/start"
& C:\\jobs\\job.exe
Send-Ping "/$LASTEXITCODE"`,
  },
];
