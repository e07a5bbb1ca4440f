package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespException;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.scan.ClusterView;
import io.slotless.sidecar.scan.ScanException;
import io.slotless.sidecar.scan.ScanRequest;
import io.slotless.sidecar.scan.SlotSource;
import io.slotless.sidecar.upstream.Identity;
import java.nio.charset.StandardCharsets;
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

    /** Nothing that time will heal. */
    private static final List<String> REFUSALS = List.of("NOPERM", "NOAUTH", "WRONGPASS", "ERR unknown");

    private final Conversation conversation;
    private final Survey survey;
    private final ScanRequest request;
    private final Identity identity;
    private final Done done;
    private final Patience patience;
    private final List<byte[]> found = new ArrayList<>();
    private final int firstSlot;
    private int slot;

    /** @param slot the first to read */
    SlotSweep(Conversation conversation, Survey survey, ScanRequest request, int slot, Done done) {
        this.conversation = conversation;
        this.survey = survey;
        this.request = request;
        this.identity = Survey.identity(conversation.session());
        this.patience = new Patience(conversation.session().backend());
        this.firstSlot = slot;
        this.slot = slot;
        this.done = done;
    }

    void start() {
        survey.fresh(this::next);
    }

    private void next(ClusterView view) {
        if (slot == ClusterView.SLOTS || found.size() >= request.count()) {
            done.swept(slot, found);
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
        List<Place> places = Place.owners(view, slot, end);
        places.addAll(Place.targets(view, slot, end));
        int last = end;
        ask(places, "COUNTKEYSINSLOT", List.of(), counts -> read(view, last, places, counts));
    }

    /** Reads as many slots as it takes to find enough. */
    private void read(ClusterView view, int end, List<Place> places, List<RespValue> counts) {
        long[] keys = new long[end - slot];
        for (int i = 0; i < places.size(); i++) {
            keys[places.get(i).slot - slot] += integer(counts.get(i));
        }
        long sum = found.size();
        int stop = slot;
        while (stop < end && sum < request.count()) {
            sum += keys[stop++ - slot];
        }
        List<Place> owners = Place.owners(view, slot, stop);
        owners.removeIf(place -> keys[place.slot - slot] == 0);
        List<Place> targets = Place.targets(view, slot, stop);
        List<Key> candidates = new ArrayList<>();
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

    private void collect(List<Place> places, List<RespValue> replies, List<Key> into) {
        for (int i = 0; i < places.size(); i++) {
            if (!(replies.get(i) instanceof RespValue.ArrayValue keys)) {
                throw new RespException("not keys: " + replies.get(i));
            }
            for (RespValue key : keys.elements()) {
                byte[] name = ((RespValue.BulkString) key).bytes();
                if (request.match() == null || request.match().matches(name)) {
                    into.add(new Key(places.get(i).slot, name));
                }
            }
        }
    }

    private void settle(ClusterView before, ClusterView now, int stop, List<Key> candidates) {
        int settled = slot;
        while (settled < stop && before.source(settled).equals(now.source(settled))) {
            settled++;
        }
        if (settled == slot) {
            again("TRYAGAIN slotless: slot " + slot + " changes its owner all the time");
            return;
        }
        int behind = settled;
        candidates.removeIf(key -> key.slot >= behind);
        askTypes(candidates, () -> {
            slot = behind;
            patience.renew();
            next(now);
        });
    }

    /** Also without TYPE: a key whose time is over may still be there, and has none. */
    private void askTypes(List<Key> candidates, Runnable then) {
        List<Question> questions = new ArrayList<>(candidates.size());
        for (Key key : candidates) {
            ByteBuf command = CommandFrame.of(List.of("TYPE".getBytes(StandardCharsets.US_ASCII), key.name))
                    .buffer();
            questions.add(Question.toSlot(conversation, identity, command, key.slot));
        }
        conversation.ask(questions, replies -> {
            for (int i = 0; i < replies.size(); i++) {
                if (isWanted(Survey.value(replies.get(i)))) {
                    found.add(candidates.get(i).name);
                }
            }
            then.run();
        });
    }

    private boolean isWanted(RespValue answer) {
        String type = answer instanceof RespValue.SimpleString simple ? simple.text() : "none";
        return !type.equals("none") && (request.type() == null || request.type().equalsIgnoreCase(type));
    }

    private void ask(List<Place> places, String subcommand, List<String> arguments, Consumer<List<RespValue>> then) {
        List<Question> questions = new ArrayList<>(places.size());
        for (Place place : places) {
            List<String> words = new ArrayList<>(List.of("CLUSTER", subcommand, Integer.toString(place.slot)));
            words.addAll(arguments);
            ByteBuf command = CommandFrame.of(words.toArray(String[]::new)).buffer();
            questions.add(Question.toNode(conversation, identity, command, place.node));
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
            done.swept(slot, found);
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

    /** Gets the keys, and the slot to go on with. */
    interface Done {
        void swept(int nextSlot, List<byte[]> keys);
    }

    private record Key(int slot, byte[] name) {}

    /** Where to ask for a slot. */
    private record Place(int slot, Node node) {

        static List<Place> owners(ClusterView view, int from, int to) {
            List<Place> places = new ArrayList<>();
            for (int slot = from; slot < to; slot++) {
                SlotSource source = view.source(slot);
                if (source instanceof SlotSource.Settled settled) {
                    places.add(new Place(slot, settled.owner()));
                } else if (source instanceof SlotSource.Moving moving) {
                    places.add(new Place(slot, moving.owner()));
                }
            }
            return places;
        }

        static List<Place> targets(ClusterView view, int from, int to) {
            List<Place> places = new ArrayList<>();
            for (int slot = from; slot < to; slot++) {
                if (view.source(slot) instanceof SlotSource.Moving moving) {
                    places.add(new Place(slot, moving.target()));
                }
            }
            return places;
        }
    }
}
