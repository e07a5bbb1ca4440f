"""redis-py, synchronous and asynchronous, as an application that knows only plain Redis uses it."""

import asyncio
import threading

import pytest
import redis
import redis.asyncio
from redis.lock import Lock

from conftest import HOST, PORT, until


@pytest.fixture(params=[2, 3], ids=["RESP2", "RESP3"])
def client(request):
    client = connect(request.param)
    client.test_protocol = request.param
    yield client
    client.close()


def connect(protocol, **options):
    return redis.Redis(
        HOST, PORT, db=0, protocol=protocol, client_name="suite", decode_responses=True, socket_timeout=30, **options
    )


@pytest.fixture
def another(client):
    others = []

    def connect_another(**options):
        others.append(connect(client.test_protocol, **options))
        return others[-1]

    yield connect_another
    for other in others:
        other.close()


def test_it_is_there_and_knows_its_name(client):
    assert client.ping()
    assert client.client_getname() == "suite"
    assert client.info()["redis_mode"] == "standalone"
    assert client.echo("hello") == "hello"
    assert isinstance(client.client_id(), int)


def test_values_of_all_types(client, name):
    assert client.set(name("s"), "bar", ex=100)
    assert client.set(name("s"), "again", nx=True) is None
    assert client.get(name("s")) == "bar"
    assert 90 < client.ttl(name("s")) <= 100
    assert client.hset(name("h"), mapping={"a": "1", "b": "2"}) == 2
    assert client.hgetall(name("h")) == {"a": "1", "b": "2"}
    assert client.rpush(name("l"), "a", "b", "c") == 3
    assert client.lrange(name("l"), 0, -1) == ["a", "b", "c"]
    assert client.sadd(name("set"), "x", "y", "x") == 2
    assert client.smembers(name("set")) == {"x", "y"}
    assert client.zadd(name("z"), {"one": 1.5, "two": 2}) == 2
    assert [tuple(pair) for pair in client.zrange(name("z"), 0, -1, withscores=True)] == [("one", 1.5), ("two", 2.0)]
    assert client.geoadd(name("g"), (13.361389, 38.115556, "Palermo")) == 1
    assert client.pfadd(name("p"), "a", "b") == 1
    assert client.setbit(name("bits"), 7, 1) == 0
    assert client.object("encoding", name("s")) == "embstr"


def test_bytes_are_kept(name):
    with redis.Redis(HOST, PORT) as client:
        value = bytes(range(256)) * 5000
        assert client.set(name("bytes"), value)
        assert client.get(name("bytes")) == value


def test_an_error_is_that_of_redis(client, name):
    client.set(name("text"), "text")
    with pytest.raises(redis.ResponseError, match="^value is not an integer or out of range$"):
        client.incr(name("text"))
    with pytest.raises(redis.ResponseError, match="^WRONGTYPE"):
        client.lpush(name("text"), "x")
    with pytest.raises(redis.ResponseError, match="unknown command 'NOSUCHCOMMAND'"):
        client.execute_command("NOSUCHCOMMAND", "a")


def test_keys_of_many_slots_in_one_command(client, name):
    values = {name(f"m{i}"): str(i) for i in range(50)}
    assert client.mset(values)
    assert client.mget([*values, name("none")]) == [*values.values(), None]
    assert client.exists(*values) == 50
    assert client.delete(*values, name("none")) == 50


def test_a_pipeline_over_all_slots(client, name):
    with client.pipeline(transaction=False) as pipeline:
        for i in range(500):
            pipeline.incrby(name(f"counter{i}"), i)
        for i in range(500):
            pipeline.get(name(f"counter{i}"))
        assert pipeline.execute() == [*range(500), *(str(i) for i in range(500))]


def test_a_transaction(client, name):
    key = name.tag("a")
    assert client.pipeline().set(key, 1).incr(key).get(key).execute() == [True, 2, "2"]
    replies = client.pipeline().set(key, "x").incr(key).get(key).execute(raise_on_error=False)
    assert isinstance(replies[1], redis.ResponseError)
    assert replies[2] == "x"
    assert client.pipeline().execute() == []


def test_watch(client, another, name):
    key = name.tag("watched")
    client.set(key, 1)
    with client.pipeline() as pipeline:
        pipeline.watch(key)
        value = int(pipeline.get(key))
        pipeline.multi()
        pipeline.set(key, value + 1)
        assert pipeline.execute() == [True]
        pipeline.watch(key)
        another().set(key, "touched")
        pipeline.multi()
        pipeline.set(key, "mine")
        with pytest.raises(redis.WatchError):
            pipeline.execute()
        pipeline.watch(key)
        pipeline.unwatch()
        another().set(key, "again")
        assert pipeline.get(key).execute() == ["again"]


def test_transactions_compete_and_none_is_lost(client, another, name):
    key = name.tag("count")
    client.set(key, 0)

    def increment(pipeline):
        value = int(pipeline.get(key))
        pipeline.multi()
        pipeline.set(key, value + 1)

    def work(own):
        for _ in range(20):
            own.transaction(increment, key)

    threads = [threading.Thread(target=work, args=(another(),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert client.get(key) == "80"


def messages_of(subscriber, count):
    messages = []

    def more():
        message = subscriber.get_message(ignore_subscribe_messages=True, timeout=0.05)
        if message:
            messages.append((message["type"], message["channel"], message["data"]))
        return len(messages) == count

    until(f"{count} messages", more)
    return messages


def test_channels_and_patterns(client, name):
    with client.pubsub() as subscriber:
        subscriber.subscribe(name("c1"), name("c2"))
        subscriber.psubscribe(name("p*"))
        assert [subscriber.get_message(timeout=30)["data"] for _ in range(3)] == [1, 2, 3]
        for i in range(20):
            client.publish(name("c1"), i)
            client.publish(name(f"p{i}"), i)
        expected = []
        for i in range(20):
            expected += [("message", name("c1"), str(i)), ("pmessage", name(f"p{i}"), str(i))]
        assert messages_of(subscriber, 40) == expected
        assert sorted(client.pubsub_channels(name("*"))) == [name("c1"), name("c2")]
        assert client.pubsub_numsub(name("c1")) == [(name("c1"), 1)]
        subscriber.unsubscribe(name("c1"))
        subscriber.punsubscribe()
        until("both are gone", lambda: subscriber.get_message(timeout=1) and not subscriber.patterns)
        client.publish(name("c1"), "nobody")
        client.publish(name("c2"), "last")
        assert messages_of(subscriber, 1) == [("message", name("c2"), "last")]


def test_sharded_channels(client, name):
    with client.pubsub() as subscriber:
        for i in range(10):
            subscriber.ssubscribe(name(f"s{i}"))
            assert subscriber.get_message(timeout=30)["data"] == i + 1
        for i in range(10):
            assert client.spublish(name(f"s{i}"), i) == 1
        got = messages_of_shards(subscriber, 10)
        assert sorted(got) == [(name(f"s{i}"), str(i)) for i in range(10)]


def messages_of_shards(subscriber, count):
    return [(channel, data) for kind, channel, data in messages_of(subscriber, count) if kind == "smessage"]


def test_a_listener_in_a_thread_is_pinged(client, name):
    heard = []
    with client.pubsub() as subscriber:
        subscriber.subscribe(**{name("c"): heard.append})
        thread = subscriber.run_in_thread(sleep_time=0.01)
        subscriber.ping()
        # Nobody has waited for the confirmation: until it is there, a message may find no subscriber, as in front of Redis.
        until("the subscription", lambda: client.publish(name("c"), "hello"))
        until("the message", lambda: heard)
        thread.stop()
        thread.join(30)
    assert heard[0]["data"] == "hello"


def test_a_blocking_pop_waits_and_does_not_hold_up_others(client, another, name):
    popped = []
    thread = threading.Thread(target=lambda: popped.append(another().blpop([name("queue")], 20)))
    thread.start()
    assert client.set(name("meanwhile"), "yes")
    client.rpush(name("queue"), "job")
    thread.join(30)
    assert [tuple(pop) for pop in popped] == [(name("queue"), "job")]
    assert client.blpop([name("queue")], 0.05) is None
    assert client.brpoplpush(name.tag("from"), name.tag("to"), 0.05) is None
    client.zadd(name("zqueue"), {"first": 1})
    assert tuple(client.bzpopmin(name("zqueue"), 1)) == (name("zqueue"), "first", 1.0)


def test_a_stream_with_a_consumer_group(client, another, name):
    key = name("stream")
    client.xgroup_create(key, "group", "$", mkstream=True)
    got = []
    reader = another()
    thread = threading.Thread(
        target=lambda: got.append(reader.xreadgroup("group", "me", {key: ">"}, count=10, block=20_000))
    )
    thread.start()
    entry = client.xadd(key, {"field": "value"})
    thread.join(30)
    assert entry in str(got)
    assert client.xpending(key, "group")["pending"] == 1
    assert client.xautoclaim(key, "group", "you", 0)[1][0][0] == entry
    assert client.xack(key, "group", entry) == 1
    assert client.xlen(key) == 1
    assert client.xinfo_groups(key)[0]["name"] == "group"


def test_a_script_is_loaded_where_it_is_missing(client, name):
    script = client.register_script(f"-- {name()}\nreturn redis.call('INCRBY', KEYS[1], ARGV[1])")
    for i in range(30):
        assert script(keys=[name(f"script{i}")], args=[42]) == 42
    with client.pipeline(transaction=False) as pipeline:
        for i in range(30):
            script(keys=[name(f"script{i}")], args=[1], client=pipeline)
        assert pipeline.execute() == [43] * 30
    assert client.eval("return ARGV[1]", 0, "no keys") == "no keys"
    with pytest.raises(redis.exceptions.NoScriptError):
        client.evalsha("0" * 40, 1, name("a"))


def test_a_function(client, name):
    library = f"lib{name.run}"
    client.function_load(
        f"#!lua name={library}\nredis.register_function('f{name.run}', function(keys, args) "
        "return redis.call('INCRBY', keys[1], args[1]) end)"
    )
    for i in range(10):
        assert client.fcall(f"f{name.run}", 1, name(f"f{i}"), 7) == 7
    assert client.function_delete(library)


def test_a_scan_finds_every_key_once(client, name):
    keys = sorted(name(f"scan:{i}") for i in range(300))
    client.mset({key: "x" for key in keys})
    assert sorted(client.scan_iter(name("scan:*"), count=50)) == keys
    assert sorted(client.keys(name("scan:*"))) == keys
    client.sadd(name("big"), *range(1000))
    assert len(set(client.sscan_iter(name("big")))) == 1000


def test_a_lock(client, another, name):
    lock = client.lock(name("lock"), timeout=20)
    assert lock.acquire()
    assert not Lock(another(), name("lock"), timeout=20, blocking=False).acquire()
    assert lock.extend(10)
    lock.release()
    with Lock(another(), name("lock"), timeout=20):
        assert not client.lock(name("lock")).acquire(blocking=False)


@pytest.mark.parametrize("protocol", [2, 3])
def test_asynchronous(protocol, name):
    async def work():
        async with redis.asyncio.Redis(host=HOST, port=PORT, protocol=protocol, decode_responses=True) as client:
            await asyncio.gather(*(client.set(name(f"async{i}"), i) for i in range(50)))
            assert await asyncio.gather(*(client.get(name(f"async{i}")) for i in range(50))) == [
                str(i) for i in range(50)
            ]
            pop = asyncio.create_task(client.blpop([name("queue")], 20))
            async with client.pipeline() as transaction:
                assert await transaction.incr(name.tag("a")).incr(name.tag("a")).execute() == [1, 2]
            await client.rpush(name("queue"), "job")
            assert tuple(await pop) == (name("queue"), "job")
            async with client.pubsub() as subscriber:
                await subscriber.subscribe(name("c"))
                await subscriber.get_message(timeout=30)
                await client.publish(name("c"), "hello")
                assert (await subscriber.get_message(timeout=30))["data"] == "hello"
            assert len([key async for key in client.scan_iter(name("async*"))]) == 50

    asyncio.run(asyncio.wait_for(work(), 60))
