/** The architecture rules that hold in every module. Only tests may use it; each module's {@code ArchitectureTest} adds its own. */
@NullMarked
package io.drover.architecture;

import org.jspecify.annotations.NullMarked;
