'use strict';

const assert = require('node:assert/strict');
const { after, before, describe } = require('node:test');
const { Cluster, Redis } = require('ioredis');
const { clusterClient, host, names, port, test, testOfSingle, until } = require('../server');

/** A client as the README of ioredis makes one. */
function connect(options = {}) {
  return clusterClient
    ? new Cluster([{ host, port }], { redisOptions: options, ...options })
    : new Redis(port, host, options);
}

/** Connections that can scan: a cluster client scans node by node. */
const scanned = (redis) => (clusterClient ? redis.nodes('master') : [redis]);

for (const protocol of [2, 3]) {
  describe(`ioredis, RESP${protocol}`, () => {
    const name = names();
    let redis;
    const others = [];

    const another = (options = {}) => {
      const client = connect({ protocol, ...options });
      others.push(client);
      return client;
    };

    before(() => {
      redis = connect({ protocol, connectionName: 'suite' });
    });
    after(() => Promise.all([redis, ...others].map((client) => client.quit().catch(() => client.disconnect()))));

    test('it is ready, and knows its name', async () => {
      assert.equal(await redis.ping(), 'PONG');
      if (!clusterClient) {
        assert.equal(redis.status, 'ready');
        assert.equal(await redis.client('GETNAME'), 'suite');
        assert.equal(await redis.select(0), 'OK');
        assert.match(await redis.info('server'), /redis_mode:standalone/);
      }
    });

    test('values of all types', async () => {
      assert.equal(await redis.set(name('s'), 'bar', 'EX', 100), 'OK');
      assert.equal(await redis.set(name('s'), 'again', 'NX'), null);
      assert.equal(await redis.get(name('s')), 'bar');
      assert.ok((await redis.ttl(name('s'))) > 90);
      assert.deepEqual(await redis.getBuffer(name('s')), Buffer.from('bar'));
      assert.equal(await redis.hset(name('h'), { a: '1', b: '2' }), 2);
      assert.deepEqual({ ...(await redis.hgetall(name('h'))) }, { a: '1', b: '2' });
      assert.equal(await redis.rpush(name('l'), 'a', 'b', 'c'), 3);
      assert.deepEqual(await redis.lrange(name('l'), 0, -1), ['a', 'b', 'c']);
      assert.equal(await redis.sadd(name('set'), 'x', 'y', 'x'), 2);
      assert.deepEqual((await redis.smembers(name('set'))).sort(), ['x', 'y']);
      assert.equal(await redis.zadd(name('z'), 1.5, 'one', 2, 'two'), 2);
      assert.deepEqual(await redis.zrange(name('z'), 0, -1, 'WITHSCORES'), ['one', '1.5', 'two', '2']);
      assert.equal(await redis.geoadd(name('g'), 13.361389, 38.115556, 'Palermo'), 1);
      assert.equal(await redis.pfadd(name('p'), 'a', 'b'), 1);
      assert.equal(await redis.pfcount(name('p')), 2);
    });

    test('an error is that of Redis', async () => {
      await redis.set(name('text'), 'text');
      await assert.rejects(redis.incr(name('text')), { message: 'ERR value is not an integer or out of range' });
      await assert.rejects(redis.lpush(name('text'), 'x'), { message: /^WRONGTYPE/ });
      await assert.rejects(redis.call('NOSUCHCOMMAND', name('a')), { message: /^ERR unknown command 'NOSUCHCOMMAND'/ });
    });

    testOfSingle('keys of many slots in one command', async () => {
      const keys = Array.from({ length: 50 }, (_, i) => name(`m${i}`));
      assert.equal(await redis.mset(Object.fromEntries(keys.map((key, i) => [key, `${i}`]))), 'OK');
      assert.deepEqual(await redis.mget(...keys, name('none')), [...keys.map((_, i) => `${i}`), null]);
      assert.equal(await redis.exists(...keys), 50);
      assert.equal(await redis.del(...keys, name('none')), 50);
    });

    test('a pipeline over all slots', async () => {
      const pipeline = redis.pipeline();
      for (let i = 0; i < 500; i++) pipeline.incrby(name(`counter${i}`), i);
      for (let i = 0; i < 500; i++) pipeline.get(name(`counter${i}`));
      const replies = await pipeline.exec();
      assert.deepEqual(replies.slice(0, 500), Array.from({ length: 500 }, (_, i) => [null, i]));
      assert.deepEqual(replies.slice(500), Array.from({ length: 500 }, (_, i) => [null, `${i}`]));
    });

    test('automatic pipelines', async () => {
      const auto = another({ enableAutoPipelining: true });
      await Promise.all(Array.from({ length: 200 }, (_, i) => auto.set(name(`auto${i}`), i)));
      const values = await Promise.all(Array.from({ length: 200 }, (_, i) => auto.get(name(`auto${i}`))));
      assert.deepEqual(values, Array.from({ length: 200 }, (_, i) => `${i}`));
    });

    test('a transaction', async () => {
      const replies = await redis.multi().set(name.tag('a'), 1).incr(name.tag('a')).get(name.tag('a')).exec();
      assert.deepEqual(replies, [[null, 'OK'], [null, 2], [null, '2']]);
    });

    test('a transaction with an error inside goes on', async () => {
      const replies = await redis.multi().set(name.tag('e'), 'x').incr(name.tag('e')).get(name.tag('e')).exec();
      assert.match(replies[1][0].message, /^ERR value is not an integer/);
      assert.deepEqual(replies[2], [null, 'x']);
    });

    test('a transaction that cannot be queued is aborted', async () => {
      await assert.rejects(redis.multi().set(name.tag('q'), 'x').call('append', name.tag('q')).exec(), { message: /^EXECABORT/ });
      assert.equal(await redis.get(name.tag('q')), null);
    });

    testOfSingle('a transaction word by word, with WATCH', async () => {
      const key = name.tag('watched');
      const own = another();
      await own.set(key, 1);
      await own.watch(key);
      await own.set(name('elsewhere'), 'not watched');
      await own.multi({ pipeline: false });
      assert.equal(await own.incr(key), 'QUEUED');
      assert.deepEqual(await own.exec(), [[null, 2]]);
      await own.watch(key);
      await redis.set(key, 'touched');
      assert.equal(await own.multi().set(key, 'mine').exec(), null);
      assert.equal(await own.get(key), 'touched');
      await own.watch(key);
      await own.unwatch();
      await redis.set(key, 'again');
      assert.deepEqual(await own.multi().get(key).exec(), [[null, 'again']]);
      await own.multi({ pipeline: false });
      await own.set(key, 'never');
      assert.equal(await own.discard(), 'OK');
      assert.equal(await own.get(key), 'again');
    });

    test('channels and patterns', async () => {
      const subscriber = another();
      const messages = [];
      subscriber.on('message', (channel, message) => messages.push(['message', channel, message]));
      subscriber.on('pmessage', (pattern, channel, message) => messages.push(['pmessage', pattern, channel, message]));
      assert.equal(await subscriber.subscribe(name('c1'), name('c2')), 2);
      assert.equal(await subscriber.psubscribe(name('p*')), 3);
      for (let i = 0; i < 20; i++) {
        await redis.publish(name('c1'), `${i}`);
        await redis.publish(name(`p${i}`), `${i}`);
      }
      await until('40 messages', () => messages.length === 40);
      for (let i = 0; i < 20; i++) {
        assert.deepEqual(messages[2 * i], ['message', name('c1'), `${i}`]);
        assert.deepEqual(messages[2 * i + 1], ['pmessage', name('p*'), name(`p${i}`), `${i}`]);
      }
      assert.equal(await subscriber.unsubscribe(name('c1')), 2);
      assert.equal(await subscriber.punsubscribe(name('p*')), 1);
      await redis.publish(name('c1'), 'nobody');
      await redis.publish(name('c2'), 'last');
      await until('the last message', () => messages.length === 41);
      assert.deepEqual(messages[40], ['message', name('c2'), 'last']);
      assert.equal(await subscriber.unsubscribe(), 0);
      assert.equal(await subscriber.get(name('none')), null);
    });

    testOfSingle('sharded channels', async () => {
      const subscriber = another();
      const messages = [];
      subscriber.on('smessage', (channel, message) => messages.push([channel, message]));
      for (let i = 0; i < 10; i++) assert.equal(await subscriber.ssubscribe(name(`s${i}`)), i + 1);
      for (let i = 0; i < 10; i++) assert.equal(await redis.spublish(name(`s${i}`), `${i}`), 1);
      await until('10 messages', () => messages.length === 10);
      assert.deepEqual(messages.sort(), Array.from({ length: 10 }, (_, i) => [name(`s${i}`), `${i}`]));
      assert.equal(await subscriber.sunsubscribe(name('s0')), 9);
      assert.equal(await subscriber.sunsubscribe(), 0);
    });

    test('a blocking pop waits and does not hold up others', async () => {
      const blocked = another();
      const popped = blocked.blpop(name('queue'), 30);
      await redis.set(name('meanwhile'), 'yes');
      assert.equal(await redis.get(name('meanwhile')), 'yes');
      await redis.rpush(name('queue'), 'job');
      assert.deepEqual(await popped, [name('queue'), 'job']);
      assert.equal(await blocked.blpop(name('queue'), 0.05), null);
      assert.equal(await blocked.blmove(name.tag('from'), name.tag('to'), 'LEFT', 'RIGHT', 0.05), null);
      await redis.zadd(name('zqueue'), 1, 'first');
      assert.deepEqual(await blocked.bzpopmin(name('zqueue'), 1), [name('zqueue'), 'first', '1']);
    });

    test('a stream with a consumer group', async () => {
      const key = name('stream');
      await redis.xgroup('CREATE', key, 'group', '$', 'MKSTREAM');
      const reader = another();
      const waiting = reader.xreadgroup('GROUP', 'group', 'me', 'COUNT', 10, 'BLOCK', 30000, 'STREAMS', key, '>');
      const id = await redis.xadd(key, '*', 'field', 'value');
      assert.deepEqual(await waiting, [[key, [[id, ['field', 'value']]]]]);
      assert.equal((await redis.xpending(key, 'group'))[0], 1);
      assert.deepEqual((await redis.xautoclaim(key, 'group', 'you', 0, '0'))[1], [[id, ['field', 'value']]]);
      assert.equal(await redis.xack(key, 'group', id), 1);
      assert.equal((await redis.xinfo('GROUPS', key)).length, 1);
      assert.equal(await redis.xlen(key), 1);
    });

    test('a script is loaded where it is missing', async () => {
      const scripted = another({
        scripts: { addTo: { numberOfKeys: 1, lua: `-- ${name('')}\nreturn redis.call('INCRBY', KEYS[1], ARGV[1])` } },
      });
      for (let i = 0; i < 30; i++) assert.equal(await scripted.addTo(name(`script${i}`), 42), 42);
      assert.equal(await redis.eval('return ARGV[1]', 0, 'no keys'), 'no keys');
      await assert.rejects(redis.evalsha('0'.repeat(40), 1, name('a')), { message: /^NOSCRIPT/ });
    });

    test('scripts in a pipeline', async () => {
      const scripted = another({
        scripts: { twice: { numberOfKeys: 1, lua: `-- ${name('')}\nreturn redis.call('INCRBY', KEYS[1], 2)` } },
      });
      const pipeline = scripted.pipeline();
      for (let i = 0; i < 30; i++) pipeline.twice(name(`twice${i}`));
      assert.deepEqual(await pipeline.exec(), Array.from({ length: 30 }, () => [null, 2]));
    });

    test('a scan finds every key once', async () => {
      const keys = Array.from({ length: 300 }, (_, i) => name(`scan:${i}`)).sort();
      await Promise.all(keys.map((key) => redis.set(key, 'x')));
      const found = [];
      for (const node of scanned(redis)) {
        for await (const some of node.scanStream({ match: name('scan:*'), count: 50 })) found.push(...some);
      }
      assert.deepEqual(found.sort(), keys);
      const members = Array.from({ length: 1000 }, (_, i) => `m${i}`);
      await redis.sadd(name('big'), members);
      const seen = new Set();
      for await (const some of redis.sscanStream(name('big'))) some.forEach((member) => seen.add(member));
      assert.equal(seen.size, 1000);
    });

    testOfSingle('it connects anew after its connection was closed', async () => {
      const client = another();
      await client.set(name('kept'), 'yes');
      client.stream.destroy();
      assert.equal(await client.get(name('kept')), 'yes');
    });
  });
}
