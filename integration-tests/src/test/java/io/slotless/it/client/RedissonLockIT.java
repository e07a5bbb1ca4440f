package io.slotless.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.redisson.api.RLock;
import org.redisson.api.RReadWriteLock;
import org.redisson.api.RSemaphore;
import org.redisson.api.RedissonClient;
import org.redisson.config.Protocol;

/** Redisson's locks, which live of scripts, pub/sub and timers, between two applications. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("targets")
@Timeout(90)
class RedissonLockIT {

    private final Names names = new Names();
    private final RedissonClients clients;
    private final RedissonClient one;
    private final RedissonClient other;

    RedissonLockIT(Target target, Protocol protocol) {
        clients = new RedissonClients(target, protocol);
        one = clients.connect();
        other = clients.connect();
    }

    static Stream<Arguments> targets() {
        return RedissonClients.targets();
    }

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void onlyItsHolderCanUnlock() {
        RLock lock = one.getLock(names.of("lock"));
        lock.lock();
        lock.lock();
        assertThat(lock.getHoldCount()).isEqualTo(2);
        assertThat(other.getLock(names.of("lock")).isLocked()).isTrue();
        assertThat(other.getLock(names.of("lock")).tryLock()).isFalse();
        assertThatThrownBy(() -> other.getLock(names.of("lock")).unlock())
                .isInstanceOf(IllegalMonitorStateException.class);
        lock.unlock();
        assertThat(other.getLock(names.of("lock")).isLocked()).isTrue();
        lock.unlock();
        assertThat(other.getLock(names.of("lock")).isLocked()).isFalse();
    }

    /** The watchdog renews it every third of its time, for as long as it is held. */
    @Test
    void aHeldLockOutlivesItsTimeout() {
        RLock lock = one.getLock(names.of("lock"));
        lock.lock();
        List<Long> lives = new ArrayList<>();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    lives.add(lock.remainTimeToLive());
                    return lives.size() > 2 * RedissonClients.WATCHDOG_MILLIS / 50;
                });
        assertThat(lives).allMatch(life -> life > 0);
        assertThat(other.getLock(names.of("lock")).tryLock()).isFalse();
        lock.unlock();
    }

    @Test
    void theLockOfWhoIsGoneIsFreeInTheEnd() throws Exception {
        RedissonClient third = clients.connect();
        third.getLock(names.of("lock")).lock();
        third.shutdown();
        assertThat(other.getLock(names.of("lock")).tryLock(30, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void whoWaitsIsWokenByTheUnlock() throws Exception {
        RLock lock = one.getLock(names.of("lock"));
        lock.lock(60, TimeUnit.SECONDS);
        var waiting = CompletableFuture.supplyAsync(() -> acquired(other.getLock(names.of("lock"))));
        String channel = "redisson_lock__channel:{" + names.of("lock") + "}";
        await().atMost(Duration.ofSeconds(30)).until(() -> one.getTopic(channel).countSubscribers() > 0);
        lock.unlock();
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
    }

    private static boolean acquired(RLock lock) {
        try {
            return lock.tryLock(50, 60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void twoApplicationsCompeteAndNeverBothHoldIt() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        List<CompletableFuture<Void>> workers = Stream.of(one, other, one, other)
                .map(client -> CompletableFuture.runAsync(() -> {
                    RLock lock = client.getLock(names.of("lock"));
                    for (int i = 0; i < 25; i++) {
                        lock.lock();
                        try {
                            assertThat(inside.incrementAndGet()).isEqualTo(1);
                            done.incrementAndGet();
                            inside.decrementAndGet();
                        } finally {
                            lock.unlock();
                        }
                    }
                }))
                .toList();
        workers.forEach(CompletableFuture::join);
        assertThat(done).hasValue(100);
    }

    @Test
    void aFairLockIsGivenInTheOrderOfAsking() {
        RLock held = one.getFairLock(names.of("fair"));
        held.lock();
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        String queue = "redisson_lock_queue:{" + names.of("fair") + "}";
        for (int i = 0; i < 4; i++) {
            int number = i;
            RLock lock = (i % 2 == 0 ? other : one).getFairLock(names.of("fair"));
            waiting.add(CompletableFuture.runAsync(() -> {
                lock.lock();
                order.add(number);
                lock.unlock();
            }));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> one.getDeque(queue).size() == number + 1);
        }
        held.unlock();
        waiting.forEach(CompletableFuture::join);
        assertThat(order).containsExactly(0, 1, 2, 3);
    }

    @Test
    void manyReadOneWrites() {
        RReadWriteLock lock = one.getReadWriteLock(names.of("rw"));
        RReadWriteLock same = other.getReadWriteLock(names.of("rw"));
        lock.readLock().lock();
        assertThat(same.readLock().tryLock()).isTrue();
        assertThat(same.writeLock().tryLock()).isFalse();
        same.readLock().unlock();
        lock.readLock().unlock();
        assertThat(same.writeLock().tryLock()).isTrue();
        assertThat(lock.readLock().tryLock()).isFalse();
        same.writeLock().unlock();
    }

    /** Each lock is in a slot of its own. */
    @Test
    void severalLocksAreTakenTogether() {
        RLock all =
                one.getMultiLock(one.getLock(names.of("a")), one.getLock(names.of("b")), one.getLock(names.of("c")));
        all.lock();
        assertThat(other.getLock(names.of("b")).isLocked()).isTrue();
        all.unlock();
        assertThat(other.getLock(names.of("b")).isLocked()).isFalse();
    }

    @Test
    void permitsAndLatches() throws Exception {
        RSemaphore semaphore = one.getSemaphore(names.of("semaphore"));
        assertThat(semaphore.trySetPermits(1)).isTrue();
        semaphore.acquire();
        assertThat(other.getSemaphore(names.of("semaphore")).tryAcquire()).isFalse();
        var waiting = CompletableFuture.runAsync(() -> {
            try {
                other.getSemaphore(names.of("semaphore")).acquire();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        semaphore.release();
        waiting.get(30, TimeUnit.SECONDS);
        assertThat(one.getCountDownLatch(names.of("latch")).trySetCount(1)).isTrue();
        other.getCountDownLatch(names.of("latch")).countDown();
        assertThat(one.getCountDownLatch(names.of("latch")).await(30, TimeUnit.SECONDS))
                .isTrue();
    }
}
