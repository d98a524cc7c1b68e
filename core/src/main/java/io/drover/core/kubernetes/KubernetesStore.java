package io.drover.core.kubernetes;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.model.Resource;
import io.drover.core.resources.Kind;
import io.drover.core.resources.KubernetesFormat;
import io.drover.core.resources.ObjectNames;
import io.drover.core.resources.ObjectRead;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import io.drover.core.time.Pause;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Keeps records as objects {@code <kind>s.drover.io} of the driver's namespace. The version of a record is its object's resource
 * version; another writer's change in between is BUSY.
 *
 * <p>How a record becomes {@code spec} and {@code status}, and what a process leaves that ends between the two writes, says
 * {@link KubernetesFormat}: the record is the new one as soon as the first of them is done, and what is missing is only shown later. So a
 * creation that was interrupted leaves a record, and the same creation then is refused with EXISTS_DIFFERENT, as after any other
 * interruption.
 *
 * <p>Reads come from memory while that is known to be up to date, else from the API server. What memory does not have is looked for on
 * the server too. Everything throws UNAVAILABLE while the server is away, or does not let this program do its work (the message names the
 * missing permission), and INVALID with the server's words if it refuses a record.
 */
public final class KubernetesStore implements ResourceStore, AutoCloseable {
    private static final int PROBLEMS_SHOWN = 10;
    private static final int ATTEMPTS = 3;

    private final RecordObjects objects;
    private final KubernetesFormat format;
    private final Mirrors mirrors;
    private final Publisher publisher;
    private final FaultPoints faults;

    private KubernetesStore(
            RecordObjects objects, KubernetesFormat format, Mirrors mirrors, Publisher publisher, FaultPoints faults) {
        this.objects = objects;
        this.format = format;
        this.mirrors = mirrors;
        this.publisher = publisher;
        this.faults = faults;
    }

    /** Opens the store. Returns at once; until the first lists are here, reads ask the API server. */
    public static KubernetesStore open(KubernetesConnection connection, Clock clock, Pause pause, FaultPoints faults) {
        KubernetesFormat format = new KubernetesFormat(clock);
        RecordObjects objects = new RecordObjects(new ApiServer(connection, clock, pause), format);
        Mirrors mirrors = new Mirrors(objects, format, clock, pause);
        Publisher publisher = new Publisher(objects, format, mirrors, faults);
        mirrors.start(publisher, new LastBackups(objects, format));
        return new KubernetesStore(objects, format, mirrors, publisher, faults);
    }

    /** Waits until all records are in memory, so that the first reads are fast; returns whether they are. */
    public boolean awaitSynced(Duration timeout) {
        return mirrors.awaitTrusted(timeout);
    }

    /** Whether all records are watched at this moment. */
    public boolean isSynced() {
        return mirrors.areTrusted();
    }

    /** The names of all objects of a kind, of those that are no records too: whoever asks what exists must not miss one that is damaged. */
    public <T extends Resource> List<String> names(Class<T> type) {
        return all(Kind.of(type)).stream().map(ObjectRead::name).sorted().toList();
    }

    /** What is wrong with objects that are no records; a line each. */
    public List<String> unreadable() {
        return mirrors.unreadable().stream()
                .map(each -> String.valueOf(each.problem().getMessage()))
                .sorted()
                .toList();
    }

    @Override
    public <T extends Resource> Optional<Stored<T>> find(Class<T> type, String key) {
        Kind kind = Kind.of(type);
        return read(kind, ObjectNames.of(kind, key)).map(KubernetesStore::<T>stored);
    }

    @Override
    public <T extends Resource> List<Stored<T>> list(Class<T> type) {
        List<ObjectRead> found = all(Kind.of(type));
        List<String> problems = found.stream()
                .filter(ObjectRead.Unreadable.class::isInstance)
                .map(each ->
                        String.valueOf(((ObjectRead.Unreadable) each).problem().getMessage()))
                .sorted()
                .limit(PROBLEMS_SHOWN)
                .toList();
        if (!problems.isEmpty()) {
            throw StorageException.corrupt(String.join("\n", problems));
        }
        return stored(found);
    }

    @Override
    public <T extends Resource> List<Stored<T>> listReadable(Class<T> type) {
        return stored(all(Kind.of(type)));
    }

    @Override
    public <T extends Resource> Stored<T> create(T value) {
        Kind kind = Kind.of(value);
        String name = ObjectNames.of(kind, value.key());
        ObjectRead.Readable created = post(kind, name, value);
        faults.reach("kubernetes.created");
        return stored(value, publisher.publish(kind, created));
    }

    @Override
    public <T extends Resource> Stored<T> update(Stored<T> read, T next) {
        Kind kind = Kind.of(next);
        String key = read.value().key();
        if (!key.equals(next.key())) {
            throw new IllegalArgumentException(kind.text() + " " + key + " cannot become " + next.key());
        }
        ObjectRead.Readable from = current(kind, key, read.version());
        if (format.changesSpec(from.value(), next)) {
            ObjectRead.Readable written = patch(kind, from, next, "", format.writeSpec(from, next));
            faults.reach("kubernetes.spec-written");
            return stored(next, publisher.publish(kind, written));
        }
        if (from.published() && from.value().equals(next)) {
            return read;
        }
        return stored(next, patch(kind, from, next, Publisher.STATUS, format.writeStatus(from, next)));
    }

    @Override
    public <T extends Resource> void delete(Class<T> type, String key) {
        Kind kind = Kind.of(type);
        String name = ObjectNames.of(kind, key);
        for (int attempt = 1; ; attempt++) {
            Optional<ObjectRead> found = raw(kind, name);
            if (found.isEmpty()) {
                return;
            }
            String uid = found.get().uid();
            ApiRequest request = objects.deletion(kind, name, uid);
            ApiReply reply = objects.send(request);
            if (reply.isSuccess() && format.isObject(kind, reply.body())) {
                List<String> finalizers = format.finalizers(reply.body());
                if (!finalizers.isEmpty()) {
                    throw StorageException.inUse(request.failed() + ": it waits for " + String.join(", ", finalizers)
                            + "; let that end, or remove the finalizers");
                }
            }
            if (reply.isSuccess() || ApiFailures.isAbsent(request, reply)) {
                mirrors.of(kind).delete(name, uid);
                return;
            }
            if (reply.code() != ApiReply.CONFLICT || attempt == ATTEMPTS) {
                throw ApiFailures.of(request, reply);
            }
            // Another object of this name took its place.
            refresh(kind, name, uid);
        }
    }

    @Override
    public void close() {
        mirrors.close();
    }

    private ObjectRead.Readable post(Kind kind, String name, Resource value) {
        ApiRequest request = objects.creation(kind, name, format.create(value));
        ApiReply reply = objects.send(request);
        if (reply.code() == ApiReply.CONFLICT) {
            throw StorageException.existsDifferent("cannot record " + kind.text() + " " + value.key()
                    + ": there is one of this name already; choose another name");
        }
        if (!reply.isSuccess()) {
            throw ApiFailures.of(request, reply);
        }
        return took(kind, format.read(kind, reply.body()), value);
    }

    /**
     * Sends a patch that is bound to a version. If it was sent twice and refused the second time, the object tells whether the first one
     * was done.
     */
    private ObjectRead.Readable patch(Kind kind, ObjectRead.Readable from, Resource next, String part, String body) {
        ApiRequest request = objects.change(kind, from.name(), part, body);
        ApiReply reply = objects.send(request);
        if (reply.isSuccess()) {
            return took(kind, format.read(kind, reply.body()), next);
        }
        Optional<ObjectRead> now = refresh(kind, from.name(), from.uid());
        if (now.isEmpty() || !now.get().uid().equals(from.uid())) {
            throw now.isEmpty()
                    ? StorageException.notFound(kind.text(), next.key())
                    : ApiFailures.of(request, new ApiReply(ApiReply.CONFLICT, reply.body(), reply.repeated()));
        }
        boolean changed = now.get().version() != from.version();
        if (changed
                && reply.repeated()
                && now.get() instanceof ObjectRead.Readable done
                && done.value().equals(next)) {
            return done;
        }
        throw ApiFailures.of(request, changed ? new ApiReply(ApiReply.CONFLICT, reply.body(), false) : reply);
    }

    /** The object as it was under this version. */
    private ObjectRead.Readable current(Kind kind, String key, long version) {
        String name = ObjectNames.of(kind, key);
        Optional<ObjectRead> cached = mirrors.of(kind).find(name).filter(each -> each.version() == version);
        ObjectRead found =
                cached.or(() -> refresh(kind, name, "")).orElseThrow(() -> StorageException.notFound(kind.text(), key));
        if (found.version() != version) {
            throw StorageException.busy(
                    "cannot record " + kind.text() + " " + key + ": it was changed in between; call again");
        }
        return readable(found);
    }

    /** An object that was just written: it must say what was sent, else the definitions and this program do not fit. */
    private ObjectRead.Readable took(Kind kind, ObjectRead written, Resource sent) {
        mirrors.of(kind).put(written);
        ObjectRead.Readable now = readable(written);
        if (!now.value().equals(sent)) {
            throw StorageException.unavailable("cannot record " + kind.text() + " " + sent.key()
                    + ": the API server did not keep all of it; apply the definitions of charts/drover/crds");
        }
        return now;
    }

    private Optional<ObjectRead.Readable> read(Kind kind, String name) {
        return raw(kind, name).map(KubernetesStore::readable);
    }

    private Optional<ObjectRead> raw(Kind kind, String name) {
        Mirror mirror = mirrors.of(kind);
        Optional<ObjectRead> known = mirror.isTrusted() ? mirror.find(name) : Optional.empty();
        return known.or(() -> refresh(kind, name, ""));
    }

    /** Asks the API server, and lets memory know; what is known under this uid is gone if the server says so. */
    private Optional<ObjectRead> refresh(Kind kind, String name, String uid) {
        Optional<ObjectRead> found = objects.find(kind, name);
        found.ifPresent(mirrors.of(kind)::put);
        if (!uid.isEmpty() && found.filter(each -> each.uid().equals(uid)).isEmpty()) {
            mirrors.of(kind).delete(name, uid);
        }
        return found;
    }

    private List<ObjectRead> all(Kind kind) {
        Mirror mirror = mirrors.of(kind);
        return mirror.isTrusted() ? mirror.all() : objects.list(kind).objects();
    }

    private static ObjectRead.Readable readable(ObjectRead object) {
        return switch (object) {
            case ObjectRead.Readable readable -> readable;
            case ObjectRead.Unreadable unreadable ->
                throw new StorageException(
                        ErrorCode.CORRUPT, String.valueOf(unreadable.problem().getMessage()), unreadable.problem());
        };
    }

    private static <T extends Resource> List<Stored<T>> stored(List<ObjectRead> objects) {
        return objects.stream()
                .filter(ObjectRead.Readable.class::isInstance)
                .map(each -> KubernetesStore.<T>stored((ObjectRead.Readable) each))
                .sorted(Comparator.comparing(each -> each.value().key()))
                .toList();
    }

    @SuppressWarnings("unchecked") // a kind holds records of its class only
    private static <T extends Resource> Stored<T> stored(ObjectRead.Readable object) {
        return new Stored<>((T) object.value(), object.version());
    }

    private static <T extends Resource> Stored<T> stored(T value, ObjectRead.Readable object) {
        return new Stored<>(value, object.version());
    }
}
