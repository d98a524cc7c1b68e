package io.drover.core.sys;

/**
 * The kernel refused. Whoever knows the volume and the remedy turns it into a {@code StorageException}; its own message is
 * {@code call object: meaning (ERRNO)}.
 */
public final class SystemCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final String object;
    private final Errno errno;
    private final int number;

    public SystemCallException(String call, String object, int number) {
        super(call + " " + object + ": " + text(number));
        this.call = call;
        this.object = object;
        this.errno = Errno.of(number);
        this.number = number;
    }

    public SystemCallException(String call, String object, Errno errno) {
        this(call, object, errno.number());
    }

    private static String text(int number) {
        Errno errno = Errno.of(number);
        return errno.meaning() + " (" + (errno == Errno.OTHER ? "errno " + number : errno.name()) + ")";
    }

    /** The system call or the ioctl request, such as {@code FIFREEZE}. */
    public String call() {
        return call;
    }

    /** What it was called on, usually a path. */
    public String object() {
        return object;
    }

    public Errno errno() {
        return errno;
    }

    /** The number behind {@link #errno}, for those that have no constant. */
    public int number() {
        return number;
    }

    public boolean is(Errno expected) {
        return errno == expected;
    }

    /** Whether the file system that was asked is dead: shut down after an error, damaged, or not known to its server any more. */
    public boolean isOfDeadFileSystem() {
        return is(Errno.EIO) || is(Errno.EUCLEAN) || is(Errno.ESTALE);
    }
}
