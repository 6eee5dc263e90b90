// Runs every server audit of graphql-http against a running server and fails unless all are ok.
//
//   npm ci --ignore-scripts && node audit.mjs http://127.0.0.1:8080/graphql

import { serverAudits } from 'graphql-http';

// A newer suite with more audits is to be read before it is trusted; one with fewer proves less.
const EXPECTED = 61;

const url = process.argv[2];
if (!url) {
  console.error('usage: node audit.mjs URL');
  process.exit(2);
}

// An audit throws when the server cannot be reached or breaks off: that is a failure of the audit,
// not of the run.
async function run({ id, name, fn }) {
  try {
    return await fn();
  } catch (error) {
    const cause = error.cause ? ` (${error.cause.message || error.cause.code})` : '';
    return { id, name, status: 'error', reason: `${error.message}${cause}` };
  }
}

const results = await Promise.all(serverAudits({ url, fetchFn: fetch }).map(run));
const failed = results.filter(({ status }) => status !== 'ok');
for (const { id, name, status, reason } of failed) {
  console.log(`${status} ${id} ${name}: ${reason}`);
}
if (results.length !== EXPECTED) {
  console.log(`the suite has ${results.length} audits, expected ${EXPECTED}`);
}
console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 && results.length === EXPECTED ? 0 : 1;
