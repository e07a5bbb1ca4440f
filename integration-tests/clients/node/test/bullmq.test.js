'use strict';

const assert = require('node:assert/strict');
const { after, describe } = require('node:test');
const { FlowProducer, Queue, QueueEvents, Worker } = require('bullmq');
const { host, names, port, test, until } = require('../server');

const JOBS = 1000;

// As its documentation asks for where keys must be in one slot: a hash tag in the prefix.
const options = { connection: { host, port }, prefix: `{bull:${names()('')}}` };

describe('BullMQ', () => {
  const open = [];

  const opened = (closeable) => {
    closeable.on?.('error', (error) => console.error('bullmq:', error.message));
    open.push(closeable);
    return closeable;
  };

  after(() => Promise.all(open.reverse().map((closeable) => closeable.close())));

  test(`${JOBS} jobs are done, each once`, async () => {
    const done = new Map();
    const completed = new Set();
    const queue = opened(new Queue('work', options));
    const events = opened(new QueueEvents('work', options));
    events.on('completed', ({ jobId, returnvalue }) => completed.add(`${jobId}=${returnvalue}`));
    await events.waitUntilReady();
    const square = async (job) => {
      done.set(job.data.number, (done.get(job.data.number) ?? 0) + 1);
      return job.data.number ** 2;
    };
    for (let i = 0; i < 3; i++) opened(new Worker('work', square, { ...options, concurrency: 20 }));
    const added = [];
    for (let i = 0; i < JOBS; i += 100) {
      const some = Array.from({ length: 100 }, (_, j) => ({ name: 'square', data: { number: i + j } }));
      added.push(...(await queue.addBulk(some)));
    }
    await until(`${JOBS} jobs`, async () => (await queue.getCompletedCount()) === JOBS, 120);
    assert.deepEqual([...done.values()], Array(JOBS).fill(1));
    assert.deepEqual([...done.keys()].sort((a, b) => a - b), Array.from({ length: JOBS }, (_, i) => i));
    await until('all events', () => completed.size === JOBS);
    for (const job of added) assert.ok(completed.has(`${job.id}=${job.data.number ** 2}`));
    assert.deepEqual(await queue.getJobCounts('wait', 'active', 'delayed', 'failed'), {
      wait: 0,
      active: 0,
      delayed: 0,
      failed: 0,
    });
  }, 150_000);

  test('a failed job is tried again, a delayed one waits, priorities count', async () => {
    const queue = opened(new Queue('special', options));
    const order = [];
    await queue.add('low', {}, { priority: 10 });
    await queue.add('high', {}, { priority: 1 });
    await queue.add('delayed', {}, { delay: 300 });
    await queue.add('again', {}, { attempts: 3, backoff: { type: 'fixed', delay: 50 }, priority: 5 });
    const work = async (job) => {
      order.push(job.name);
      if (job.name === 'again' && job.attemptsMade < 2) throw new Error('not yet');
    };
    opened(new Worker('special', work, options));
    await until('4 jobs', async () => (await queue.getCompletedCount()) === 4);
    assert.deepEqual(order.filter((job) => job === 'high' || job === 'low'), ['high', 'low']);
    assert.equal(order.filter((job) => job === 'again').length, 3);
    assert.ok(order.includes('delayed'));
  });

  test('a parent waits for its children', async () => {
    const flow = opened(new FlowProducer(options));
    const children = [1, 2, 3].map((number) => ({ name: 'child', queueName: 'flow', data: { number } }));
    const tree = await flow.add({ name: 'sum', queueName: 'flow', children });
    const queue = opened(new Queue('flow', options));
    const work = async (job) =>
      job.name === 'child'
        ? job.data.number
        : Object.values(await job.getChildrenValues()).reduce((sum, number) => sum + number, 0);
    opened(new Worker('flow', work, options));
    await until('the parent', async () => (await tree.job.getState()) === 'completed');
    assert.equal((await queue.getJob(tree.job.id)).returnvalue, 6);
  });

  test('repeated jobs, a paused queue, and its end', async () => {
    const queue = opened(new Queue('repeated', options));
    let times = 0;
    opened(new Worker('repeated', async () => void times++, options));
    await queue.upsertJobScheduler('tick', { every: 100 });
    await until('3 times', () => times >= 3);
    await queue.removeJobScheduler('tick');
    await queue.pause();
    assert.equal(await queue.isPaused(), true);
    await queue.obliterate({ force: true });
    assert.deepEqual(await queue.getJobs(), []);
  });
});
