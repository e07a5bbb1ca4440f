// Package clients uses go-redis as an application that knows only plain Redis does, or, with REDIS_CLIENT=cluster, one
// that knows clusters.
package clients

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

var clusterClient = os.Getenv("REDIS_CLIENT") == "cluster"

func address() string {
	host, port := os.Getenv("REDIS_HOST"), os.Getenv("REDIS_PORT")
	if host == "" {
		host = "127.0.0.1"
	}
	if port == "" {
		port = "6379"
	}
	return host + ":" + port
}

func connect(t *testing.T, protocol int) redis.UniversalClient {
	t.Helper()
	var client redis.UniversalClient
	if clusterClient {
		client = redis.NewClusterClient(&redis.ClusterOptions{Addrs: []string{address()}, Protocol: protocol, ClientName: "suite"})
	} else {
		client = redis.NewClient(&redis.Options{Addr: address(), Protocol: protocol, ClientName: "suite"})
	}
	t.Cleanup(func() { _ = client.Close() })
	return client
}

// names are keys that no other run uses: name("a") and name("b") are in different slots as a rule, name("{a}") and
// name("{a}b") in one.
func names() func(string) string {
	run := make([]byte, 6)
	_, _ = rand.Read(run)
	return func(last string) string { return last + ":" + hex.EncodeToString(run) }
}

func must[T any](t *testing.T) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func equal(t *testing.T, actual, expected any) {
	t.Helper()
	if !reflect.DeepEqual(actual, expected) {
		t.Fatalf("got %#v, expected %#v", actual, expected)
	}
}

func until(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !condition(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("not within 30 s: " + what)
		}
	}
}

// both runs a test in both protocols.
func both(t *testing.T, test func(t *testing.T, ctx context.Context, client redis.UniversalClient, name func(string) string)) {
	for _, protocol := range []int{2, 3} {
		t.Run(fmt.Sprintf("RESP%d", protocol), func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			test(t, ctx, connect(t, protocol), names())
		})
	}
}

func TestItIsThereAndKnowsItsName(t *testing.T) {
	both(t, func(t *testing.T, ctx context.Context, client redis.UniversalClient, name func(string) string) {
		equal(t, must[string](t)(client.Ping(ctx).Result()), "PONG")
		equal(t, must[string](t)(client.ClientGetName(ctx).Result()), "suite")
		if !clusterClient && !strings.Contains(must[string](t)(client.Info(ctx).Result()), "redis_mode:standalone") {
			t.Fatal("INFO does not say standalone")
		}
	})
}

func TestValuesOfAllTypes(t *testing.T) {
	both(t, func(t *testing.T, ctx context.Context, client redis.UniversalClient, name func(string) string) {
		equal(t, must[string](t)(client.Set(ctx, name("s"), "bar", 100*time.Second).Result()), "OK")
		equal(t, must[bool](t)(client.SetNX(ctx, name("s"), "again", 0).Result()), false)
		equal(t, must[string](t)(client.Get(ctx, name("s")).Result()), "bar")
		equal(t, client.Get(ctx, name("none")).Err(), redis.Nil)
		equal(t, must[int64](t)(client.HSet(ctx, name("h"), "a", "1", "b", "2").Result()), int64(2))
		equal(t, must[map[string]string](t)(client.HGetAll(ctx, name("h")).Result()), map[string]string{"a": "1", "b": "2"})
		equal(t, must[int64](t)(client.RPush(ctx, name("l"), "a", "b", "c").Result()), int64(3))
		equal(t, must[[]string](t)(client.LRange(ctx, name("l"), 0, -1).Result()), []string{"a", "b", "c"})
		equal(t, must[int64](t)(client.SAdd(ctx, name("set"), "x", "y", "x").Result()), int64(2))
		scores := []redis.Z{{Score: 1.5, Member: "one"}, {Score: 2, Member: "two"}}
		equal(t, must[int64](t)(client.ZAdd(ctx, name("z"), scores...).Result()), int64(2))
		equal(t, must[[]redis.Z](t)(client.ZRangeWithScores(ctx, name("z"), 0, -1).Result()), scores)
		if ttl := must[time.Duration](t)(client.TTL(ctx, name("s")).Result()); ttl < 90*time.Second {
			t.Fatal(ttl)
		}
	})
}

func TestAnErrorIsThatOfRedis(t *testing.T) {
	both(t, func(t *testing.T, ctx context.Context, client redis.UniversalClient, name func(string) string) {
		client.Set(ctx, name("text"), "text", 0)
		equal(t, client.Incr(ctx, name("text")).Err().Error(), "ERR value is not an integer or out of range")
		if err := client.LPush(ctx, name("text"), "x").Err(); !strings.HasPrefix(err.Error(), "WRONGTYPE") {
			t.Fatal(err)
		}
		if err := client.Do(ctx, "NOSUCHCOMMAND", "a").Err(); !strings.HasPrefix(err.Error(), "ERR unknown command 'NOSUCHCOMMAND'") {
			t.Fatal(err)
		}
	})
}

func TestKeysOfManySlotsInOneCommand(t *testing.T) {
	both(t, func(t *testing.T, ctx context.Context, client redis.UniversalClient, name func(string) string) {
		var keys, pairs []string
		var values []any
		for i := range 50 {
			keys = append(keys, name(fmt.Sprint("m", i)))
			pairs = append(pairs, keys[i], strconv.Itoa(i))
			values = append(values, strconv.Itoa(i))
		}
		equal(t, must[string](t)(client.MSet(ctx, pairs).Result()), "OK")
		equal(t, must[[]any](t)(client.MGet(ctx, keys...).Result()), values)
		equal(t, must[int64](t)(client.Del(ctx, keys...).Result()), int64(50))
	})
}

func TestAPipelineOverAllSlots(t *testing.T) {
	both(t, func(t *testing.T, ctx context.Context, client redis.UniversalClient, name func(string) string) {
		replies := must[[]redis.Cmder](t)(client.Pipelined(ctx, func(pipe redis.Pipeliner) error {
			for i := range 500 {
				pipe.IncrBy(ctx, name(fmt.Sprint("counter", i)), int64(i))
			}
			for i := range 500 {
				pipe.Get(ctx, name(fmt.Sprint("counter", i)))
			}
			return nil
		}))
		for i := range 500 {
			equal(t, replies[i].(*redis.IntCmd).Val(), int64(i))
			equal(t, replies[500+i].(*redis.StringCmd).Val(), strconv.Itoa(i))
		}
	})
}

func TestATransaction(t *testing.T) {
	both(t, func(t *testing.T, ctx context.Context, client redis.UniversalClient, name func(string) string) {
		key := name("{a}")
		replies := must[[]redis.Cmder](t)(client.TxPipelined(ctx, func(pipe redis.Pipeliner) error {
			pipe.Set(ctx, key, 1, 0)
			pipe.Incr(ctx, key)
			pipe.Get(ctx, key)
			return nil
		}))
		equal(t, replies[1].(*redis.IntCmd).Val(), int64(2))
		equal(t, replies[2].(*redis.StringCmd).Val(), "2")
		replies, err := client.TxPipelined(ctx, func(pipe redis.Pipeliner) error {
			pipe.Set(ctx, key, "x", 0)
			pipe.Incr(ctx, key)
			pipe.Get(ctx, key)
			return nil
		})
		equal(t, err.Error(), "ERR value is not an integer or out of range")
		equal(t, replies[2].(*redis.StringCmd).Val(), "x")
	})
}

func TestWatchersCompeteAndNoIncrementIsLost(t *testing.T) {
	both(t, func(t *testing.T, ctx context.Context, client redis.UniversalClient, name func(string) string) {
		key := name("{watched}")
		increment := func(tx *redis.Tx) error {
			n, err := tx.Get(ctx, key).Int()
			if err != nil && err != redis.Nil {
				return err
			}
			_, err = tx.TxPipelined(ctx, func(pipe redis.Pipeliner) error {
				pipe.Set(ctx, key, n+1, 0)
				return nil
			})
			return err
		}
		errs := make(chan error, 4)
		for range 4 {
			go func() {
				for done := 0; done < 20; {
					switch err := client.Watch(ctx, increment, key); {
					case err == nil:
						done++
					case !errors.Is(err, redis.TxFailedErr):
						errs <- err
						return
					}
				}
				errs <- nil
			}()
		}
		for range 4 {
			if err := <-errs; err != nil {
				t.Fatal(err)
			}
		}
		equal(t, must[string](t)(client.Get(ctx, key).Result()), "80")
	})
}

func TestChannelsAndPatterns(t *testing.T) {
	both(t, func(t *testing.T, ctx context.Context, client redis.UniversalClient, name func(string) string) {
		channel, other, pattern := name("c1"), name("c2"), "p*"+name("")
		subscriber := client.Subscribe(ctx, channel, other)
		defer subscriber.Close()
		if err := subscriber.PSubscribe(ctx, pattern); err != nil {
			t.Fatal(err)
		}
		for _, expected := range []string{channel, other, pattern} {
			equal(t, must[any](t)(subscriber.Receive(ctx)).(*redis.Subscription).Channel, expected)
		}
		messages := subscriber.Channel()
		for i := range 20 {
			must[int64](t)(client.Publish(ctx, channel, i).Result())
			must[int64](t)(client.Publish(ctx, fmt.Sprint("p", i)+name(""), i).Result())
		}
		for i := range 20 {
			equal(t, *<-messages, redis.Message{Channel: channel, Payload: strconv.Itoa(i)})
			equal(t, *<-messages, redis.Message{Channel: fmt.Sprint("p", i) + name(""), Pattern: pattern, Payload: strconv.Itoa(i)})
		}
		equal(t, must[map[string]int64](t)(client.PubSubNumSub(ctx, channel).Result()), map[string]int64{channel: 1})
		if err := subscriber.Unsubscribe(ctx, channel); err != nil {
			t.Fatal(err)
		}
		until(t, "nobody hears", func() bool { return client.Publish(ctx, channel, "nobody").Val() == 0 })
		client.Publish(ctx, other, "last")
		for {
			if message := <-messages; message.Channel == other {
				equal(t, message.Payload, "last")
				return
			}
		}
	})
}

func TestShardedChannels(t *testing.T) {
	both(t, func(t *testing.T, ctx context.Context, client redis.UniversalClient, name func(string) string) {
		var wait sync.WaitGroup
		for i := range 10 {
			channel := name(fmt.Sprint("s", i))
			subscriber := client.SSubscribe(ctx, channel)
			defer subscriber.Close()
			must[any](t)(subscriber.Receive(ctx))
			wait.Go(func() {
				message, err := subscriber.ReceiveMessage(ctx)
				if err != nil || message.Payload != strconv.Itoa(i) {
					t.Error(message, err)
				}
			})
			equal(t, must[int64](t)(client.SPublish(ctx, channel, i).Result()), int64(1))
		}
		wait.Wait()
	})
}

func TestABlockingPopWaitsAndDoesNotHoldUpOthers(t *testing.T) {
	both(t, func(t *testing.T, ctx context.Context, client redis.UniversalClient, name func(string) string) {
		popped := make(chan []string)
		go func() { popped <- client.BLPop(ctx, 30*time.Second, name("queue")).Val() }()
		equal(t, must[string](t)(client.Set(ctx, name("meanwhile"), "yes", 0).Result()), "OK")
		must[int64](t)(client.RPush(ctx, name("queue"), "job").Result())
		equal(t, <-popped, []string{name("queue"), "job"})
		// The library knows whole seconds for this one only.
		equal(t, client.BLPop(ctx, time.Second, name("queue")).Err(), redis.Nil)
		client.ZAdd(ctx, name("zqueue"), redis.Z{Score: 1, Member: "first"})
		equal(t, client.BZPopMin(ctx, time.Second, name("zqueue")).Val().Member, any("first"))
	})
}

func TestAStreamWithAConsumerGroup(t *testing.T) {
	both(t, func(t *testing.T, ctx context.Context, client redis.UniversalClient, name func(string) string) {
		key := name("stream")
		must[string](t)(client.XGroupCreateMkStream(ctx, key, "group", "$").Result())
		got := make(chan []redis.XStream)
		go func() {
			got <- client.XReadGroup(ctx, &redis.XReadGroupArgs{
				Group: "group", Consumer: "me", Streams: []string{key, ">"}, Count: 10, Block: 30 * time.Second,
			}).Val()
		}()
		id := must[string](t)(client.XAdd(ctx, &redis.XAddArgs{Stream: key, Values: []string{"field", "value"}}).Result())
		stream := (<-got)[0]
		equal(t, stream.Stream, key)
		equal(t, stream.Messages[0].ID, id)
		equal(t, stream.Messages[0].Values, map[string]any{"field": "value"})
		equal(t, must[*redis.XPending](t)(client.XPending(ctx, key, "group").Result()).Count, int64(1))
		claimed, _, err := client.XAutoClaim(ctx, &redis.XAutoClaimArgs{Stream: key, Group: "group", Consumer: "you", Start: "0"}).Result()
		if err != nil || claimed[0].ID != id {
			t.Fatal(claimed, err)
		}
		equal(t, must[int64](t)(client.XAck(ctx, key, "group", id).Result()), int64(1))
		equal(t, must[[]redis.XInfoGroup](t)(client.XInfoGroups(ctx, key).Result())[0].Name, "group")
	})
}

func TestAScriptIsLoadedWhereItIsMissing(t *testing.T) {
	both(t, func(t *testing.T, ctx context.Context, client redis.UniversalClient, name func(string) string) {
		script := redis.NewScript("-- " + name("") + "\nreturn redis.call('INCRBY', KEYS[1], ARGV[1])")
		for i := range 30 {
			equal(t, must[int](t)(script.Run(ctx, client, []string{name(fmt.Sprint("script", i))}, 42).Int()), 42)
		}
		equal(t, must[[]bool](t)(script.Exists(ctx, client).Result()), []bool{true})
		equal(t, must[string](t)(client.Eval(ctx, "return ARGV[1]", nil, "no keys").Text()), "no keys")
		if err := client.EvalSha(ctx, strings.Repeat("0", 40), []string{name("a")}).Err(); !redis.HasErrorPrefix(err, "NOSCRIPT") {
			t.Fatal(err)
		}
	})
}

func TestAScanFindsEveryKeyOnce(t *testing.T) {
	both(t, func(t *testing.T, ctx context.Context, client redis.UniversalClient, name func(string) string) {
		var keys []string
		for i := range 300 {
			keys = append(keys, fmt.Sprint("scan", i)+name(""))
			client.Set(ctx, keys[i], "x", 0)
		}
		var found []string
		scan := func(ctx context.Context, node *redis.Client) error {
			iterator := node.Scan(ctx, 0, "scan*"+name(""), 50).Iterator()
			for iterator.Next(ctx) {
				found = append(found, iterator.Val())
			}
			return iterator.Err()
		}
		var err error
		switch client := client.(type) {
		case *redis.ClusterClient:
			err = client.ForEachMaster(ctx, scan)
		case *redis.Client:
			err = scan(ctx, client)
		}
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(keys)
		slices.Sort(found)
		equal(t, found, keys)
	})
}

func TestACacheInTheClientHearsOfChanges(t *testing.T) {
	if clusterClient {
		return // Of the client for a single Redis.
	}
	t.Run("RESP3", func(t *testing.T) {
		ctx, name, other := t.Context(), names(), connect(t, 3)
		cached := redis.NewClient(&redis.Options{Addr: address(), Protocol: 3, ClientSideCacheConfig: &redis.ClientSideCacheConfig{}})
		defer cached.Close()
		for i := range 10 {
			key := name(fmt.Sprint("cached", i))
			must[string](t)(other.Set(ctx, key, "old", 0).Result())
			for range 2 {
				equal(t, must[string](t)(cached.Get(ctx, key).Result()), "old")
			}
		}
		equal(t, cached.CSCStats().Hits, uint64(10))
		for i := range 10 {
			key := name(fmt.Sprint("cached", i))
			other.Set(ctx, key, "new", 0)
			until(t, "the new value", func() bool { return cached.Get(ctx, key).Val() == "new" })
		}
	})
}

func TestManyGoroutinesShareAPool(t *testing.T) {
	both(t, func(t *testing.T, ctx context.Context, client redis.UniversalClient, name func(string) string) {
		var wait sync.WaitGroup
		for i := range 50 {
			wait.Go(func() {
				key := name(fmt.Sprint("shared", i%5))
				for range 20 {
					if err := client.Incr(ctx, key).Err(); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wait.Wait()
		for i := range 5 {
			equal(t, must[string](t)(client.Get(ctx, name(fmt.Sprint("shared", i))).Result()), "200")
		}
	})
}
