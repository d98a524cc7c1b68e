package io.drover.core.sys;

/** The error numbers of Linux that Drover has met or expects (asm-generic/errno.h; the same on x86-64, arm64 and riscv64). */
public enum Errno {
    EPERM(1, "operation not permitted"),
    ENOENT(2, "no such file or directory"),
    EINTR(4, "interrupted"),
    EIO(5, "input/output error"),
    ENXIO(6, "no such device or address"),
    E2BIG(7, "argument too large"),
    EBADF(9, "bad file descriptor"),
    EAGAIN(11, "try again"),
    ENOMEM(12, "out of memory"),
    EACCES(13, "permission denied"),
    ENOTBLK(15, "block device required"),
    EBUSY(16, "device or resource busy"),
    EEXIST(17, "file exists"),
    EXDEV(18, "not on the same file system"),
    ENODEV(19, "no such device, or file system type not known to the kernel"),
    ENOTDIR(20, "not a directory"),
    EISDIR(21, "is a directory"),
    EINVAL(22, "invalid argument"),
    ENFILE(23, "too many open files in the system"),
    EMFILE(24, "too many open files"),
    ENOTTY(25, "not supported by this kind of file"),
    ETXTBSY(26, "file busy"),
    EFBIG(27, "file too large"),
    ENOSPC(28, "no space left on device"),
    EROFS(30, "read-only file system"),
    EMLINK(31, "too many links"),
    ERANGE(34, "out of range"),
    EDEADLK(35, "deadlock avoided"),
    ENAMETOOLONG(36, "name too long"),
    ENOSYS(38, "not known to this kernel"),
    ENOTEMPTY(39, "directory not empty"),
    ELOOP(40, "too many symbolic links"),
    EOPNOTSUPP(95, "not supported"),
    ETIMEDOUT(110, "timed out"),
    ESTALE(116, "stale file handle"),
    EUCLEAN(117, "file system is damaged"),
    EDQUOT(122, "quota exceeded"),
    /** Any other number; {@link SystemCallException#number} has it. */
    OTHER(-1, "unknown error");

    private final int number;
    private final String meaning;

    Errno(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** The constant for a number of the kernel's, {@link #OTHER} if there is none here. */
    public static Errno of(int number) {
        for (Errno errno : values()) {
            if (errno.number == number) {
                return errno;
            }
        }
        return OTHER;
    }

    public int number() {
        return number;
    }

    /** For people, in lower case without a full stop. */
    public String meaning() {
        return meaning;
    }
}
