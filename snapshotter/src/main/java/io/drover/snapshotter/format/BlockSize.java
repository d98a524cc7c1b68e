package io.drover.snapshotter.format;

import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many bytes of a volume a block holds. Backups are written with 2 MiB or 16 MiB; read with whatever stands there. */
public record BlockSize(int bytes) {
    public static final BlockSize MIB_2 = new BlockSize(2 << 20);
    public static final BlockSize MIB_16 = new BlockSize(16 << 20);

    /** Larger ones are taken for damage: each worker has to keep a block in memory. */
    private static final int LARGEST = 64 << 20;

    private static final Pattern QUANTITY = Pattern.compile(
            "\\+?([0-9]{1,20}(?:\\.[0-9]{0,9})?|\\.[0-9]{1,9})(?:[eE]([+-]?[0-9]{1,3})|([KMGTPE]i|[numkMGTPE])?)");
    private static final Map<String, BigDecimal> UNITS = Map.ofEntries(
            Map.entry("n", BigDecimal.ONE.movePointLeft(9)),
            Map.entry("u", BigDecimal.ONE.movePointLeft(6)),
            Map.entry("m", BigDecimal.ONE.movePointLeft(3)),
            Map.entry("k", BigDecimal.ONE.movePointRight(3)),
            Map.entry("M", BigDecimal.ONE.movePointRight(6)),
            Map.entry("G", BigDecimal.ONE.movePointRight(9)),
            Map.entry("T", BigDecimal.ONE.movePointRight(12)),
            Map.entry("P", BigDecimal.ONE.movePointRight(15)),
            Map.entry("E", BigDecimal.ONE.movePointRight(18)),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
            Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

    public BlockSize {
        if (bytes <= 0 || bytes > LARGEST) {
            throw new IllegalArgumentException("no size of a block: " + bytes);
        }
    }

    /**
     * A size that backups may be written with.
     *
     * @throws StorageException INVALID if it is another
     */
    public static BlockSize forWriting(long bytes) {
        if (bytes != MIB_2.bytes && bytes != MIB_16.bytes) {
            throw StorageException.invalid("backups cannot be made with blocks of " + bytes + " bytes; choose "
                    + MIB_2.bytes + " (2Mi) or " + MIB_16.bytes + " (16Mi)");
        }
        return new BlockSize((int) bytes);
    }

    /**
     * Reads the parameter of a backup, which is a quantity in Kubernetes' notation. Nothing and zero stand for 2 MiB.
     *
     * @throws StorageException CORRUPT if it is no quantity, or larger than 64 MiB
     */
    public static BlockSize parse(String text) {
        if (text.isEmpty()) {
            return MIB_2;
        }
        Matcher matcher = QUANTITY.matcher(text);
        if (!matcher.matches()) {
            throw StorageException.corrupt("block size \"" + NearestName.shown(text) + "\" is not a quantity");
        }
        BigDecimal value = new BigDecimal(matcher.group(1).startsWith(".") ? "0" + matcher.group(1) : matcher.group(1));
        if (matcher.group(2) != null) {
            value = value.scaleByPowerOfTen(Integer.parseInt(matcher.group(2)));
        } else if (matcher.group(3) != null) {
            value = value.multiply(UNITS.getOrDefault(matcher.group(3), BigDecimal.ONE));
        }
        if (value.compareTo(BigDecimal.valueOf(LARGEST)) > 0) {
            throw StorageException.corrupt("blocks of " + NearestName.shown(text)
                    + " bytes are not known; at most 64Mi can be read, and 2Mi and 16Mi are usual");
        }
        int bytes = value.setScale(0, RoundingMode.CEILING).intValueExact();
        return bytes == 0 ? MIB_2 : new BlockSize(bytes);
    }

    /** Whether a size or an offset lies on the border between two blocks. */
    public boolean divides(long position) {
        return position % bytes == 0;
    }

    /**
     * Whether a stored file may be a whole block of this size, by its length alone. No method shrinks a block to less than a 1,032nd
     * (gzip's limit), and none makes it larger by more than a hundredth.
     */
    public boolean mayBeStoredIn(long storedBytes) {
        return storedBytes >= bytes / 1100 && storedBytes <= storedLimit();
    }

    /** No stored block of this size is longer. */
    public int storedLimit() {
        return bytes + bytes / 64 + 4096;
    }
}
