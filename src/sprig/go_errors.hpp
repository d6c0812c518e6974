// The errors of functions: what Go's text/template reports when the Go function panics or returns
// an error.
#pragma once

#include "celldrift/core/error.hpp"

#include <string>

namespace celldrift::sprig {

[[noreturn]] inline void fail(std::string message) {
  throw Error(ErrorCode::config, std::move(message));
}

// A method call on a nil interface, as reflect.TypeOf(nil).Kind() is.
[[noreturn]] inline void fail_nil_dereference() {
  fail("runtime error: invalid memory address or nil pointer dereference");
}

}  // namespace celldrift::sprig
