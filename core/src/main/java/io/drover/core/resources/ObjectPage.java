package io.drover.core.resources;

import java.util.List;

/**
 * A part of a list of the Kubernetes API.
 *
 * @param version of the whole list
 * @param next token of the next part; empty = this is the last
 */
public record ObjectPage(List<ObjectRead> objects, long version, String next) {
    public ObjectPage {
        objects = List.copyOf(objects);
    }
}
