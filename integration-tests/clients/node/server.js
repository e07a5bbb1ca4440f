'use strict';

// Where the suites find Redis, keys that no other run uses, and tests that end.

const { randomBytes } = require('node:crypto');
const { it } = require('node:test');

const host = process.env.REDIS_HOST ?? '127.0.0.1';
const port = Number(process.env.REDIS_PORT ?? 6379);

/** "cluster": the library's client for clusters instead of that for a single Redis. */
const clusterClient = process.env.REDIS_CLIENT === 'cluster';

/** Names of one run: `name('a')` and `name('b')` are in different slots as a rule, `name.tag('a')` and `name.tag('b')` in one. */
function names() {
  const run = randomBytes(6).toString('hex');
  const name = (last) => `${run}:${last}`;
  name.tag = (last) => `{${run}}:${last}`;
  return name;
}

/** A test with a limit of time. */
function test(what, body, timeout = 60_000) {
  return it(what, { timeout }, body);
}

/** A test of what a client for clusters does not do, or in another way, whatever the server. */
function testOfSingle(what, body) {
  if (!clusterClient) test(what, body);
}

/** Resolves when the condition holds, and fails after a while. */
async function until(what, condition, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

module.exports = { host, port, clusterClient, names, test, testOfSingle, until };
