package io.slotless.sidecar.proxy.conversation;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.backend.Patience;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespException;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.scan.ClusterView;
import io.slotless.sidecar.scan.ScanCursor;
import io.slotless.sidecar.scan.ScanException;
import io.slotless.sidecar.scan.ScanRequest;
import io.slotless.sidecar.scan.SlotSource;
import io.slotless.sidecar.upstream.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The part of a {@link Scan} that reads keys slot by slot, whole slots only. The nodes are asked who owns which slot, then
 * for the keys, then again who owns which slot: what is the same both times was read where all its keys were. The rest is
 * read once more.
 */
final class SlotSweep {

    /** So many slots are counted at once: most of a small database's are empty. */
    private static final int WINDOW = 1024;

    private static final String ALL = Integer.toString(Integer.MAX_VALUE);

    /** More keys do not come at once, if that can be helped. */
    static final long MOST_AT_ONCE = 10_000;

    /** Nothing that time will heal. */
    private static final List<String> REFUSALS = List.of("NOPERM", "NOAUTH", "WRONGPASS", "ERR unknown");

    private final Conversation conversation;
    private final Survey survey;
    private final ScanRequest request;
    private final Identity identity;
    private final Done done;
    private final Large large;
    private final Patience patience;
    private final List<byte[]> found = new ArrayList<>();
    private final long enough;
    private final int firstSlot;
    private int slot;

    /**
     * @param slot the first to read
     * @param large called instead of {@code done} if that slot has more keys than should come at once
     */
    SlotSweep(Conversation conversation, Survey survey, ScanRequest request, int slot, Done done, Large large) {
        this.conversation = conversation;
        this.survey = survey;
        this.request = request;
        this.identity = Survey.identity(conversation.client());
        this.patience = new Patience(conversation.client().backend());
        this.enough = Math.min(request.count(), MOST_AT_ONCE);
        this.firstSlot = slot;
        this.slot = slot;
        this.done = done;
        this.large = large;
    }

    void start() {
        survey.fresh(this::next);
    }

    private void next(ClusterView view) {
        if (slot == ClusterView.SLOTS || found.size() >= enough) {
            finish();
            return;
        }
        int end = slot;
        while (end < Math.min(slot + WINDOW, ClusterView.SLOTS) && !(view.source(end) instanceof SlotSource.Unclear)) {
            end++;
        }
        if (end == slot) {
            again("CLUSTERDOWN slotless: the nodes do not agree on who serves slot " + slot);
            return;
        }
        List<SlotPlace> places = SlotPlace.owners(view, slot, end);
        places.addAll(SlotPlace.targets(view, slot, end));
        int last = end;
        ask(places, "COUNTKEYSINSLOT", List.of(), counts -> read(view, last, places, counts));
    }

    /** Reads as many slots as it takes to find enough. */
    private void read(ClusterView view, int end, List<SlotPlace> places, List<RespValue> counts) {
        long[] keys = new long[end - slot];
        for (int i = 0; i < places.size(); i++) {
            keys[places.get(i).slot() - slot] += integer(counts.get(i));
        }
        long sum = found.size();
        int stop = slot;
        while (stop < end && sum < enough && !isLarge(view, stop, keys[stop - slot])) {
            sum += keys[stop++ - slot];
        }
        if (stop == slot) {
            if (slot == firstSlot) {
                large.isAt(view, slot);
            } else {
                finish();
            }
            return;
        }
        List<SlotPlace> owners = SlotPlace.owners(view, slot, stop);
        owners.removeIf(place -> keys[place.slot() - slot] == 0);
        List<SlotPlace> targets = SlotPlace.targets(view, slot, stop);
        List<FoundKey> candidates = new ArrayList<>();
        int behind = stop;
        ask(owners, "GETKEYSINSLOT", List.of(ALL), atOwners -> {
            collect(owners, atOwners, candidates);
            // Only now: a key that has left its owner by then is at the target.
            ask(targets, "GETKEYSINSLOT", List.of(ALL), atTargets -> {
                collect(targets, atTargets, candidates);
                survey.fresh(now -> settle(view, now, behind, candidates));
            });
        });
    }

    private boolean isLarge(ClusterView view, int at, long keys) {
        return keys > MOST_AT_ONCE && view.source(at) instanceof SlotSource.Settled;
    }

    private void finish() {
        done.swept(ScanCursor.inSlots(slot), found);
    }

    private void collect(List<SlotPlace> places, List<RespValue> replies, List<FoundKey> into) {
        for (int i = 0; i < places.size(); i++) {
            if (!(replies.get(i) instanceof RespValue.ArrayValue keys)) {
                throw new RespException("not keys: " + replies.get(i));
            }
            for (RespValue key : keys.elements()) {
                byte[] name = ((RespValue.BulkString) key).bytes();
                if (request.match() == null || request.match().matches(name)) {
                    into.add(new FoundKey(places.get(i).slot(), name));
                }
            }
        }
    }

    private void settle(ClusterView before, ClusterView now, int stop, List<FoundKey> candidates) {
        int settled = slot;
        while (settled < stop && before.source(settled).equals(now.source(settled))) {
            settled++;
        }
        if (settled == slot) {
            again("TRYAGAIN slotless: slot " + slot + " changes its owner all the time");
            return;
        }
        int behind = settled;
        candidates.removeIf(key -> key.slot() >= behind);
        FoundKey.living(conversation, identity, candidates, request.type(), living -> {
            found.addAll(living);
            slot = behind;
            patience.renew();
            next(now);
        });
    }

    private void ask(
            List<SlotPlace> places, String subcommand, List<String> arguments, Consumer<List<RespValue>> then) {
        List<Question> questions = new ArrayList<>(places.size());
        for (SlotPlace place : places) {
            List<String> words = new ArrayList<>(List.of("CLUSTER", subcommand, Integer.toString(place.slot())));
            words.addAll(arguments);
            ByteBuf command = CommandFrame.of(words.toArray(String[]::new)).buffer();
            questions.add(Question.toNode(conversation, identity, command, place.node()));
        }
        conversation.ask(questions, replies -> {
            List<RespValue> values = new ArrayList<>(replies.size());
            for (ByteBuf reply : replies) {
                try {
                    values.add(Survey.value(reply));
                } catch (ScanException error) {
                    if (REFUSALS.stream().anyMatch(error.error()::startsWith)) {
                        throw error;
                    }
                    again(error.error());
                    return;
                }
            }
            then.accept(values);
        });
    }

    /** Asks anew who owns the slots, after a while; with what there is already the client can go on by itself. */
    private void again(String problem) {
        if (!patience.isOver()) {
            survey.later(this::next);
        } else if (slot > firstSlot) {
            finish();
        } else {
            throw new ScanException(problem);
        }
    }

    private static long integer(RespValue value) {
        if (value instanceof RespValue.IntegerValue integer) {
            return integer.value();
        }
        throw new RespException("not a number: " + value);
    }

    /** Gets the keys, and the cursor to go on with. */
    interface Done {
        void swept(long cursor, List<byte[]> keys);
    }

    /** Told of a slot with too many keys. */
    interface Large {
        void isAt(ClusterView view, int slot);
    }
}
