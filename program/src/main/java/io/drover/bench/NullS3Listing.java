package io.drover.bench;

import io.drover.bench.NullS3Objects.Stored;
import java.util.Map;

/** Pages of ListObjectsV2, of at most a thousand names as Amazon's own. */
final class NullS3Listing {
    private static final int MOST = 1000;

    private final NullS3Objects objects;
    private final String bucket;

    NullS3Listing(NullS3Objects objects, String bucket) {
        this.objects = objects;
        this.bucket = bucket;
    }

    /** The page that a request's query asks for. A continuation token is the last name of the page before. */
    String page(Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        String delimiter = query.getOrDefault("delimiter", "");
        String last = query.getOrDefault("continuation-token", "");
        StringBuilder entries = new StringBuilder();
        int count = 0;
        boolean more = false;
        Map.Entry<String, Stored> next = last.isEmpty()
                ? objects.from(prefix).firstEntry()
                : objects.after(beyond(last, delimiter)).firstEntry();
        while (next != null && next.getKey().startsWith(prefix)) {
            if (count == MOST) {
                more = true;
                break;
            }
            String key = next.getKey();
            int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            last = end < 0 ? key : key.substring(0, end + delimiter.length());
            entries.append(end < 0 ? object(key, next.getValue()) : common(last));
            count++;
            next = objects.after(beyond(last, delimiter)).firstEntry();
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><Name>" + bucket + "</Name><Prefix>"
                + prefix
                + "</Prefix><KeyCount>" + count + "</KeyCount><MaxKeys>" + MOST + "</MaxKeys><IsTruncated>" + more
                + "</IsTruncated>" + (more ? "<NextContinuationToken>" + last + "</NextContinuationToken>" : "")
                + entries + "</ListBucketResult>";
    }

    /** What comes after this: of a common prefix, after everything below it. */
    private static String beyond(String last, String delimiter) {
        return !delimiter.isEmpty() && last.endsWith(delimiter) ? last + Character.MAX_VALUE : last;
    }

    private static String object(String key, Stored stored) {
        return "<Contents><Key>" + key + "</Key><LastModified>" + stored.modified()
                + "</LastModified><ETag>&quot;bench&quot;</ETag><Size>" + stored.size()
                + "</Size><StorageClass>STANDARD</StorageClass></Contents>";
    }

    private static String common(String prefix) {
        return "<CommonPrefixes><Prefix>" + prefix + "</Prefix></CommonPrefixes>";
    }
}
