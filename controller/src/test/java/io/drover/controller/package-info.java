@NullMarked
package io.drover.controller;

import org.jspecify.annotations.NullMarked;
