package io.drover.core.sys;

/** The number of a device, as in {@code 7:3} for {@code /dev/loop3}. */
public record DeviceNumber(int major, int minor) {
    /** Reads {@code 7:3}. */
    public static DeviceNumber parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("no device number: " + text);
        }
        return new DeviceNumber(
                Integer.parseInt(text.substring(0, colon)),
                Integer.parseInt(text.substring(colon + 1).strip()));
    }

    /** From the 64-bit dev_t of stat(2). */
    public static DeviceNumber of(long dev) {
        int major = (int) (((dev >>> 8) & 0xfff) | ((dev >>> 32) & ~0xfffL));
        int minor = (int) ((dev & 0xff) | ((dev >>> 12) & ~0xffL));
        return new DeviceNumber(major, minor);
    }

    @Override
    public String toString() {
        return major + ":" + minor;
    }
}
