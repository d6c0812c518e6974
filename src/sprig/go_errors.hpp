// The errors of functions: what Go's text/template reports when the Go function panics or returns
// an error.
#pragma once

#include "celldrift/core/error.hpp"

#include <string>

namespace celldrift::sprig {

[[noreturn]] inline void fail(std::string message) {
  throw Error(ErrorCode::config, std::move(message));
}

// What the Go runtime reports.
[[noreturn]] inline void fail_at_runtime(const std::string& what) {
  fail("runtime error: " + what);
}

// A method call on a nil interface, as reflect.TypeOf(nil).Kind() is.
[[noreturn]] inline void fail_nil_dereference() {
  fail_at_runtime("invalid memory address or nil pointer dereference");
}

}  // namespace celldrift::sprig
