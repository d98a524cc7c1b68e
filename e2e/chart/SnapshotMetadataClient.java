import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * Asks the sidecar of changed blocks as backup software does, and prints a line "from to" in MiB for each range. The protocol is
 * {@code schema.proto} of kubernetes-csi/external-snapshot-metadata; its few fields are written and read here by their numbers.
 *
 * <p>Arguments: name in the certificate, host:port, authority, file of the token, namespace, then {@code allocated <snapshot>} or
 * {@code delta <handle of the base> <snapshot>}.
 */
public final class SnapshotMetadataClient {
    private static final int MIB = 1 << 20;
    private static final Marshaller<byte[]> BYTES = new Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private SnapshotMetadataClient() {}

    public static void main(String[] arguments) throws Exception {
        boolean delta = arguments[5].equals("delta");
        String token = Files.readString(Path.of(arguments[3])).strip();
        byte[] request = delta
                ? strings(token, arguments[4], arguments[6], arguments[7])
                : strings(token, arguments[4], arguments[6]);
        ManagedChannel channel = NettyChannelBuilder.forTarget("dns:///" + arguments[1])
                .overrideAuthority(arguments[0])
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(new File(arguments[2]))
                        .build())
                .build();
        try {
            MethodDescriptor<byte[], byte[]> method = MethodDescriptor.newBuilder(BYTES, BYTES)
                    .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                    .setFullMethodName(
                            "snapshotmetadata.SnapshotMetadata/" + (delta ? "GetMetadataDelta" : "GetMetadataAllocated"))
                    .build();
            Iterator<byte[]> answers = ClientCalls.blockingServerStreamingCall(
                    channel, method, CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS), request);
            while (answers.hasNext()) {
                print(CodedInputStream.newInstance(answers.next()));
            }
        } catch (StatusRuntimeException e) {
            System.err.println(e.getStatus().getCode() + ": " + e.getStatus().getDescription());
            System.exit(1);
        } finally {
            channel.shutdownNow();
        }
    }

    /** A message whose first fields are these strings. */
    private static byte[] strings(String... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        for (int i = 0; i < values.length; i++) {
            out.writeString(i + 1, values[i]);
        }
        out.flush();
        return bytes.toByteArray();
    }

    /** {@code repeated BlockMetadata block_metadata = 3}. */
    private static void print(CodedInputStream answer) throws IOException {
        for (int tag = answer.readTag(); tag != 0; tag = answer.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 3) {
                ByteString block = answer.readBytes();
                long[] range = numbers(block.newCodedInput());
                System.out.println(range[0] / MIB + " " + (range[0] + range[1]) / MIB);
            } else {
                answer.skipField(tag);
            }
        }
    }

    /** {@code byte_offset = 1, size_bytes = 2}. */
    private static long[] numbers(CodedInputStream block) throws IOException {
        long[] numbers = new long[2];
        for (int tag = block.readTag(); tag != 0; tag = block.readTag()) {
            numbers[WireFormat.getTagFieldNumber(tag) - 1] = block.readInt64();
        }
        return numbers;
    }
}
