package io.drover.bench;

import io.drover.bench.NullS3Objects.Stored;
import java.io.EOFException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One client's connection to a {@link NullS3Server}: HTTP/1.1 as far as S3 clients speak it, with bodies of a known length only. */
final class NullS3Connection {
    private static final int BUFFER = 128 << 10;
    private static final String NEWLINE = "\r\n";

    private record Request(String method, String key, Map<String, String> query, Map<String, String> headers) {
        long length() {
            return Long.parseLong(headers.getOrDefault("content-length", "0"));
        }
    }

    private final SocketChannel client;
    private final String bucket;
    private final NullS3Objects objects;
    /** Always ready to be read from: what came and is not used yet. */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).limit(0);

    NullS3Connection(SocketChannel client, String bucket, NullS3Objects objects) {
        this.client = client;
        this.bucket = bucket;
        this.objects = objects;
    }

    /** Answers a request; false if the client has gone. */
    boolean answerNext() throws IOException {
        Optional<Request> next = request();
        if (next.isEmpty()) {
            return false;
        }
        Request request = next.get();
        if ("100-continue".equalsIgnoreCase(request.headers().get("expect"))) {
            send("HTTP/1.1 100 Continue" + NEWLINE + NEWLINE);
        }
        switch (request.method()) {
            case "PUT" -> put(request);
            case "HEAD" -> head(request);
            case "GET" -> {
                if (request.key().isEmpty()) {
                    page(200, new NullS3Listing(objects, bucket).page(request.query()));
                } else {
                    get(request);
                }
            }
            case "DELETE" -> {
                objects.delete(request.key());
                send("HTTP/1.1 204 No Content" + NEWLINE + NEWLINE);
            }
            default -> {
                skip(request.length());
                page(501, error("NotImplemented"));
            }
        }
        return true;
    }

    private void put(Request request) throws IOException {
        long length = request.length();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        if (!NullS3Objects.isBlock(request.key())) {
            byte[] content = new byte[Math.toIntExact(length)];
            read(content);
            objects.put(request.key(), new Stored(length, now, Optional.of(content), Optional.empty()));
        } else {
            Optional<Path> file = objects.newFile();
            if (file.isPresent()) {
                keep(file.get(), length);
            } else {
                skip(length);
            }
            objects.put(request.key(), new Stored(length, now, Optional.empty(), file));
        }
        send("HTTP/1.1 200 OK" + NEWLINE + "ETag: \"bench\"" + NEWLINE + "Content-Length: 0" + NEWLINE + NEWLINE);
    }

    private void head(Request request) throws IOException {
        Optional<Stored> stored = objects.find(request.key());
        send(
                stored.isEmpty()
                        ? "HTTP/1.1 404 Not Found" + NEWLINE + NEWLINE
                        : success(200, stored.get(), stored.get().size(), ""));
    }

    private void get(Request request) throws IOException {
        Optional<Stored> found = objects.find(request.key());
        if (found.isEmpty()
                || found.get().content().isEmpty() && found.get().file().isEmpty()) {
            page(404, error("NoSuchKey"));
            return;
        }
        Stored stored = found.get();
        boolean firstByte = request.headers().getOrDefault("range", "").equals("bytes=0-0") && stored.size() > 0;
        long length = firstByte ? 1 : stored.size();
        send(
                firstByte
                        ? success(206, stored, 1, "Content-Range: bytes 0-0/" + stored.size() + NEWLINE)
                        : success(200, stored, length, ""));
        if (stored.content().isPresent()) {
            send(ByteBuffer.wrap(stored.content().get(), 0, (int) length));
        } else {
            sendFile(stored.file().orElseThrow(), length);
        }
    }

    private static String success(int status, Stored stored, long length, String more) {
        return "HTTP/1.1 " + status + " OK" + NEWLINE + "ETag: \"bench\"" + NEWLINE + "Last-Modified: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(stored.modified().atOffset(ZoneOffset.UTC)) + NEWLINE
                + more
                + "Content-Length: " + length + NEWLINE + NEWLINE;
    }

    private static String error(String code) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>" + code
                + "</Message></Error>";
    }

    private void page(int status, String xml) throws IOException {
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        send("HTTP/1.1 " + status + " Answer" + NEWLINE + "Content-Type: application/xml" + NEWLINE + "Content-Length: "
                + body.length + NEWLINE + NEWLINE);
        send(ByteBuffer.wrap(body));
    }

    private Optional<Request> request() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(NEWLINE + NEWLINE) < 0) {
            if (!buffer.hasRemaining() && !receive()) {
                return Optional.empty();
            }
            head.append((char) (buffer.get() & 0xff));
        }
        String[] lines = head.toString().split(NEWLINE);
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        String[] line = lines[0].split(" ");
        int question = line[1].indexOf('?');
        String path = decoded(question < 0 ? line[1] : line[1].substring(0, question));
        String top = "/" + bucket;
        String key = path.equals(top) || path.equals(top + "/") ? "" : path.substring(top.length() + 1);
        return Optional.of(
                new Request(line[0], key, query(question < 0 ? "" : line[1].substring(question + 1)), headers));
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private boolean receive() throws IOException {
        buffer.clear();
        int count = client.read(buffer);
        buffer.flip();
        return count > 0;
    }

    private ByteBuffer received(long most) throws IOException {
        if (!buffer.hasRemaining() && !receive()) {
            throw new EOFException("the client went in the middle of a body");
        }
        int count = (int) Math.min(most, buffer.remaining());
        ByteBuffer piece = buffer.slice(buffer.position(), count);
        buffer.position(buffer.position() + count);
        return piece;
    }

    private void skip(long length) throws IOException {
        for (long left = length; left > 0; ) {
            left -= received(left).remaining();
        }
    }

    private void read(byte[] content) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(content);
        while (target.hasRemaining()) {
            target.put(received(target.remaining()));
        }
    }

    private void keep(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long left = length; left > 0; ) {
                ByteBuffer piece = received(left);
                left -= piece.remaining();
                while (piece.hasRemaining()) {
                    channel.write(piece);
                }
            }
        }
    }

    private void sendFile(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long at = 0; at < length; ) {
                at += channel.transferTo(at, length - at, client);
            }
        }
    }

    private void send(String head) throws IOException {
        send(ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }
}
