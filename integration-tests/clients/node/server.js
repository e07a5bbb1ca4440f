'use strict';

// Where the suites find Redis, and keys that no other run uses.

const { randomBytes } = require('node:crypto');

const host = process.env.REDIS_HOST ?? '127.0.0.1';
const port = Number(process.env.REDIS_PORT ?? 6379);

/** "cluster": the library's client for clusters instead of that for a single Redis. */
const clusterClient = process.env.REDIS_CLIENT === 'cluster';

/** Names of one test: `name('a')` and `name('b')` are in different slots as a rule, `name.tag('a')` and `name.tag('b')` in one. */
function names() {
  const run = randomBytes(6).toString('hex');
  const name = (last) => `${run}:${last}`;
  name.tag = (last) => `{${run}}:${last}`;
  return name;
}

/** Resolves when the condition holds, and fails after a while. */
async function until(what, condition, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

module.exports = { host, port, clusterClient, names, until };
