'use strict';

const assert = require('node:assert/strict');
const { after, before, describe } = require('node:test');
const { createClient, createClientPool, defineScript, BasicClientSideCache, ErrorReply, WatchError } = require('redis');
const { host, names, port, test, until } = require('../server');

for (const RESP of [2, 3]) {
  describe(`node-redis, RESP${RESP}`, () => {
    const name = names();
    const clients = [];
    let redis;

    /** A client as the README of node-redis makes one. */
    async function connect(options = {}) {
      const client = createClient({ RESP, socket: { host, port }, ...options });
      client.on('error', (error) => console.error('redis:', error.message));
      clients.push(client);
      return client.connect();
    }

    before(async () => {
      redis = await connect({ name: 'suite', database: 0 });
    });
    after(() => clients.forEach((client) => client.destroy()));

    test('it is ready, and knows its name', async () => {
      assert.equal(redis.isReady, true);
      assert.equal(await redis.ping(), 'PONG');
      assert.equal(await redis.clientGetName(), 'suite');
      assert.match(await redis.info('server'), /redis_mode:standalone/);
    });

    test('values of all types', async () => {
      assert.equal(await redis.set(name('s'), 'bar', { expiration: { type: 'EX', value: 100 } }), 'OK');
      assert.equal(await redis.set(name('s'), 'again', { condition: 'NX' }), null);
      assert.equal(await redis.get(name('s')), 'bar');
      assert.ok((await redis.ttl(name('s'))) > 90);
      assert.equal(await redis.hSet(name('h'), { a: '1', b: '2' }), 2);
      assert.deepEqual({ ...(await redis.hGetAll(name('h'))) }, { a: '1', b: '2' });
      assert.equal(await redis.rPush(name('l'), ['a', 'b', 'c']), 3);
      assert.deepEqual(await redis.lRange(name('l'), 0, -1), ['a', 'b', 'c']);
      assert.equal(await redis.sAdd(name('set'), ['x', 'y', 'x']), 2);
      assert.deepEqual((await redis.sMembers(name('set'))).sort(), ['x', 'y']);
      assert.equal(await redis.zAdd(name('z'), [{ score: 1.5, value: 'one' }, { score: 2, value: 'two' }]), 2);
      assert.deepEqual(await redis.zRangeWithScores(name('z'), 0, -1), [
        { value: 'one', score: 1.5 },
        { value: 'two', score: 2 },
      ]);
    });

    test('an error is that of Redis', async () => {
      await redis.set(name('text'), 'text');
      await assert.rejects(redis.incr(name('text')), { message: 'ERR value is not an integer or out of range' });
      await assert.rejects(redis.sendCommand(['NOSUCHCOMMAND', 'a']), { message: /^ERR unknown command 'NOSUCHCOMMAND'/ });
    });

    test('keys of many slots in one command', async () => {
      const keys = Array.from({ length: 50 }, (_, i) => name(`m${i}`));
      assert.equal(await redis.mSet(keys.map((key, i) => [key, `${i}`])), 'OK');
      assert.deepEqual(await redis.mGet([...keys, name('none')]), [...keys.map((_, i) => `${i}`), null]);
      assert.equal(await redis.unlink([...keys, name('none')]), 50);
    });

    test('commands of one tick are a pipeline', async () => {
      const all = Array.from({ length: 500 }, (_, i) => i);
      assert.deepEqual(await Promise.all(all.map((i) => redis.incrBy(name(`counter${i}`), i))), all);
      const pipeline = redis.multi();
      all.forEach((i) => pipeline.get(name(`counter${i}`)));
      assert.deepEqual(await pipeline.execAsPipeline(), all.map(String));
    });

    test('a transaction', async () => {
      const key = name.tag('a');
      assert.deepEqual(await redis.multi().set(key, '1').incr(key).get(key).exec(), ['OK', 2, '2']);
      const failing = redis.multi().set(key, 'x').incr(key).get(key).exec();
      await assert.rejects(failing, (error) => {
        assert.ok(error.replies[1] instanceof ErrorReply);
        assert.equal(error.replies[2], 'x');
        return true;
      });
    });

    test('WATCH on a connection of its own', async () => {
      const key = name.tag('watched');
      const own = await connect();
      await own.set(key, '1');
      await own.watch(key);
      assert.deepEqual(await own.multi().incr(key).exec(), [2]);
      await own.watch(key);
      await redis.set(key, 'touched');
      await assert.rejects(own.multi().set(key, 'mine').exec(), WatchError);
      assert.equal(await own.get(key), 'touched');
      await own.watch(key);
      await own.unwatch();
      await redis.set(key, 'again');
      assert.deepEqual(await own.multi().get(key).exec(), ['again']);
    });

    test('channels and patterns', async () => {
      const subscriber = await connect();
      const messages = [];
      const listener = (message, channel) => messages.push([channel, message]);
      await subscriber.subscribe([name('c1'), name('c2')], listener);
      await subscriber.pSubscribe(name('p*'), listener);
      for (let i = 0; i < 20; i++) {
        await redis.publish(name('c1'), `${i}`);
        await redis.publish(name(`p${i}`), `${i}`);
      }
      await until('40 messages', () => messages.length === 40);
      assert.deepEqual(
        messages,
        Array.from({ length: 40 }, (_, i) => [i % 2 === 0 ? name('c1') : name(`p${(i - 1) / 2}`), `${Math.floor(i / 2)}`]),
      );
      await subscriber.pUnsubscribe();
      await subscriber.unsubscribe(name('c1'));
      await redis.publish(name('c1'), 'nobody');
      await redis.publish(name('c2'), 'last');
      await until('the last message', () => messages.length === 41);
      assert.deepEqual(messages[40], [name('c2'), 'last']);
      await subscriber.unsubscribe();
      assert.equal(await subscriber.get(name('none')), null);
    });

    test('sharded channels', async () => {
      const subscriber = await connect();
      const messages = [];
      for (let i = 0; i < 10; i++) {
        await subscriber.sSubscribe(name(`s${i}`), (message, channel) => messages.push([channel, message]));
      }
      for (let i = 0; i < 10; i++) assert.equal(await redis.sPublish(name(`s${i}`), `${i}`), 1);
      await until('10 messages', () => messages.length === 10);
      assert.deepEqual(messages.sort(), Array.from({ length: 10 }, (_, i) => [name(`s${i}`), `${i}`]));
      await subscriber.sUnsubscribe(name('s0'));
      assert.equal(await redis.sPublish(name('s0'), 'nobody'), 0);
      await subscriber.sUnsubscribe();
    });

    test('a pool of connections, for blocking pops', async () => {
      const pool = await createClientPool({ RESP, socket: { host, port } }, { minimum: 1, maximum: 4 }).connect();
      const popped = [1, 2, 3].map(() => pool.blPop(name('queue'), 30));
      assert.equal(await pool.set(name('meanwhile'), 'yes'), 'OK');
      for (let i = 0; i < 3; i++) await redis.rPush(name('queue'), `job${i}`);
      const jobs = (await Promise.all(popped)).map(({ key, element }) => (assert.equal(key, name('queue')), element));
      assert.deepEqual(jobs.sort(), ['job0', 'job1', 'job2']);
      assert.equal(await pool.blPop(name('queue'), 0.05), null);
      await pool.close();
    });

    test('a stream with a consumer group', async () => {
      const key = name('stream');
      await redis.xGroupCreate(key, 'group', '$', { MKSTREAM: true });
      const reader = await connect();
      const waiting = reader.xReadGroup('group', 'me', { key, id: '>' }, { COUNT: 10, BLOCK: 30000 });
      const id = await redis.xAdd(key, '*', { field: 'value' });
      const [stream] = await waiting;
      assert.equal(stream.name, key);
      assert.equal(stream.messages[0].id, id);
      assert.deepEqual({ ...stream.messages[0].message }, { field: 'value' });
      assert.equal((await redis.xPending(key, 'group')).pending, 1);
      assert.equal((await redis.xAutoClaim(key, 'group', 'you', 0, '0')).messages[0].id, id);
      assert.equal(await redis.xAck(key, 'group', id), 1);
      assert.equal((await redis.xInfoGroups(key))[0].name, 'group');
    });

    test('a script is loaded where it is missing', async () => {
      const addTo = defineScript({
        NUMBER_OF_KEYS: 1,
        SCRIPT: `-- ${name('')}\nreturn redis.call('INCRBY', KEYS[1], ARGV[1])`,
        parseCommand(parser, key, by) {
          parser.pushKey(key);
          parser.push(`${by}`);
        },
        transformReply: (reply) => reply,
      });
      const scripted = await connect({ scripts: { addTo } });
      for (let i = 0; i < 30; i++) assert.equal(await scripted.addTo(name(`script${i}`), 42), 42);
      const together = await Promise.all(Array.from({ length: 30 }, (_, i) => scripted.addTo(name(`together${i}`), i)));
      assert.deepEqual(together, Array.from({ length: 30 }, (_, i) => i));
      assert.equal(await redis.eval('return ARGV[1]', { arguments: ['no keys'] }), 'no keys');
    });

    test('a scan finds every key once', async () => {
      const keys = Array.from({ length: 300 }, (_, i) => name(`scan:${i}`)).sort();
      await Promise.all(keys.map((key) => redis.set(key, 'x')));
      const found = [];
      for await (const some of redis.scanIterator({ MATCH: name('scan:*'), COUNT: 50 })) found.push(...some);
      assert.deepEqual(found.sort(), keys);
    });

    if (RESP === 3) {
      test('a cache in the client hears of changes', async () => {
        const cache = new BasicClientSideCache({ ttl: 0, maxEntries: 0, evictPolicy: 'LRU', recordStats: true });
        const cached = await connect({ clientSideCache: cache });
        for (let i = 0; i < 10; i++) {
          await redis.set(name(`cached${i}`), 'old');
          assert.equal(await cached.get(name(`cached${i}`)), 'old');
          assert.equal(await cached.get(name(`cached${i}`)), 'old');
        }
        assert.equal(cache.stats().hitCount, 10);
        for (let i = 0; i < 10; i++) {
          await redis.set(name(`cached${i}`), 'new');
          await until('the new value', async () => (await cached.get(name(`cached${i}`))) === 'new');
        }
      });
    }

    test('the connection is closed in order', async () => {
      const client = await connect();
      const last = client.set(name('last'), 'yes');
      await client.close();
      assert.equal(await last, 'OK');
    });
  });
}
