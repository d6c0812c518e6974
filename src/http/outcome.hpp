// How one attempt at a request ended, and what follows from it. No network here: decisions only.
#pragma once

#include "celldrift/http/client.hpp"

#include <chrono>
#include <exception>
#include <optional>
#include <string>

namespace celldrift::http {

enum class Trouble {
  none,         // a whole response came, of whatever status
  connect,      // no connection: refused, unreachable, name not found
  interrupted,  // the connection or the stream broke: reset, closed early, broken encoding
  timeout,      // no answer in time
  too_large,    // more bytes than allowed
  untrusted,    // the server's certificate is not one that we accept
  setup,        // our own certificates, proxy or URL cannot be used
};

struct Outcome {
  Trouble trouble = Trouble::none;
  std::string detail;  // what the network library says; for people
  Response response;   // meaningful for Trouble::none
  std::optional<std::chrono::seconds> retry_after;
};

// True when trying again may help, and can do no harm. `made` counts the attempts so far, this one
// included.
bool worth_retrying(Method method, const Outcome& outcome, int made, int retries);

// How long to wait before the next attempt: what the server asks for, else `first` doubled for each
// attempt made, at most 10 s; `chance` in [0, 1) spreads the clients of a server that comes back.
std::chrono::milliseconds pause_before_retry(const Outcome& outcome,
                                             int made,
                                             std::chrono::milliseconds first,
                                             double chance);

// The Error of an attempt that is the last one and brought no response; nothing when one came.
// `asked` is "GET https://host/path".
std::exception_ptr error_of(const Outcome& outcome, const std::string& asked);

}  // namespace celldrift::http
