package io.drover.core.sys;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Loop devices (loop(4)), raw: a device with a backing file is "set up", one without is "free". */
public interface LoopCalls {
    /** The device node of a number. */
    static Path device(int number) {
        return Path.of("/dev/loop" + number);
    }

    /** The number of a device node such as {@code /dev/loop3}, empty if it is another kind of path. */
    static Optional<Integer> number(Path device) {
        String text = device.toString();
        return text.matches("/dev/loop[0-9]{1,7}") ? Optional.of(Integer.valueOf(text.substring(9))) : Optional.empty();
    }

    /**
     * Sets up a free loop device (LOOP_CTL_GET_FREE, then LOOP_CONFIGURE, again with another one if somebody else was quicker). Makes
     * the device node if {@code /dev} does not have it.
     *
     * @return the device's number
     * @throws SystemCallException EINVAL if the block size or direct I/O does not fit the backing file
     */
    int setUp(LoopSetup setup);

    /**
     * The state of a device, empty if it is free or absent.
     *
     * @throws SystemCallException EIO, ESTALE or EUCLEAN where the file system of the backing file is dead: the kernel asks it for the
     *     file's device and inode (loop_get_status in drivers/block/loop.c)
     */
    Optional<LoopStatus> status(int number);

    /**
     * As {@link #status}, but a device whose backing file lies on a dead file system is left out: for who looks for the device of a
     * file that has just answered, which then is another one. One dead disk must not stop the work on all others.
     */
    default Optional<LoopStatus> answering(int number) {
        try {
            return status(number);
        } catch (SystemCallException e) {
            if (e.isOfDeadFileSystem()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Takes the backing file off (LOOP_CLR_FD). If the device is in use, the kernel does so when the last user is gone, and this call
     * returns; ask {@link #status} afterwards. A free or absent device is no error.
     */
    void detach(int number);

    /** Tells the device to take the size of its backing file anew, after that has grown. */
    void refreshSize(int number);

    /**
     * Switches direct I/O.
     *
     * @throws SystemCallException EINVAL if the backing file cannot do it with the device's block size
     */
    void directIo(int number, boolean on);

    /** The numbers of all loop devices that have a backing file, ascending. Much cheaper than {@link #list}. */
    List<Integer> numbers();

    /** What sysfs shows of one device, empty if it is free or absent. */
    Optional<LoopEntry> find(int number);

    /** All loop devices that have a backing file, by number. */
    List<LoopEntry> list();
}
