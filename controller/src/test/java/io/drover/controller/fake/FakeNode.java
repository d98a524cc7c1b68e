package io.drover.controller.fake;

import io.drover.controller.host.NodePlaces;
import io.drover.core.model.ByteSize;
import io.drover.core.model.NodeId;
import io.drover.core.rpc.CallInterceptor;
import io.drover.core.rpc.CallListener;
import io.drover.core.rpc.RpcServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The agent of one host with one disk, which can be stopped. */
public final class FakeNode implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name = "fake-node-" + NUMBER.incrementAndGet();
    private final RpcServer server;

    public FakeNode(String node) {
        FakeHosts hosts = new FakeHosts(new TestClock()).disk(node, "disk-" + node, ByteSize.ofGibi(1));
        server = RpcServer.inProcess(
                name,
                new CallInterceptor(System::nanoTime, CallListener.NONE),
                List.of(new FakeAgent(hosts, new NodeId(node))));
    }

    /** Where it is; the host is the name of the in-process server. */
    public NodePlaces.Address address() {
        return new NodePlaces.Address(name, 1);
    }

    public void stop() {
        server.close(Duration.ZERO);
    }

    @Override
    public void close() {
        stop();
    }
}
