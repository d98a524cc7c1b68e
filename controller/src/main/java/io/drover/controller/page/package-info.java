/** Lists in pages whose tokens stay good while objects come and go. */
@NullMarked
package io.drover.controller.page;

import org.jspecify.annotations.NullMarked;
