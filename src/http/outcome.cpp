#include "http/outcome.hpp"

#include "celldrift/core/error.hpp"

#include <algorithm>
#include <cmath>

namespace celldrift::http {
namespace {

using namespace std::chrono_literals;

constexpr auto longest_pause = 10'000ms;

// Kubernetes answers 500 while etcd elects a leader, and 504 when it takes too long; both pass.
bool passing_status(int status) {
  return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

// True when the server cannot have acted on the request, so that it may be sent again.
bool did_nothing(const Outcome& outcome) {
  const int status = outcome.response.status;
  return outcome.trouble == Trouble::connect ||
         (outcome.trouble == Trouble::none && (status == 429 || status == 503));
}

std::string_view lead_of(Trouble trouble) {
  switch (trouble) {
    case Trouble::connect:
      return "cannot connect";
    case Trouble::interrupted:
      return "the connection broke";
    case Trouble::timeout:
      return "no answer in time";
    case Trouble::too_large:
      return "the answer is too large";
    case Trouble::untrusted:
      return "the server's certificate is not trusted";
    case Trouble::setup:
      return "the connection's settings cannot be used";
    case Trouble::none:
      break;
  }
  return "";
}

ErrorCode code_of(Trouble trouble) {
  switch (trouble) {
    case Trouble::too_large:
      return ErrorCode::limit;
    case Trouble::setup:
      return ErrorCode::config;
    default:
      return ErrorCode::network;
  }
}

}  // namespace

bool worth_retrying(Method method, const Outcome& outcome, int made, int retries) {
  const bool may_be_twice = method == Method::get || method == Method::put;
  if (!may_be_twice && !did_nothing(outcome)) {
    return false;
  }
  switch (outcome.trouble) {
    case Trouble::none:
      return passing_status(outcome.response.status) && made <= retries;
    case Trouble::interrupted:
      return made <= retries;
    case Trouble::connect:
    case Trouble::timeout:
      // These last long already, and a dead cell should be known to be dead soon.
      return made <= std::min(retries, 2);
    default:
      return false;
  }
}

std::chrono::milliseconds pause_before_retry(const Outcome& outcome,
                                             int made,
                                             std::chrono::milliseconds first,
                                             double chance) {
  if (outcome.retry_after) {
    return std::min<std::chrono::seconds>(*outcome.retry_after, 24h);  // more would only overflow
  }
  const double whole = static_cast<double>(first.count()) * std::exp2(std::min(made - 1, 16));
  const double capped = std::min(whole, static_cast<double>(longest_pause.count()));
  return std::chrono::milliseconds(static_cast<long>(capped * (0.5 + chance / 2)));
}

std::exception_ptr error_of(const Outcome& outcome, const std::string& asked) {
  if (outcome.trouble == Trouble::none) {
    return nullptr;
  }
  std::string text = asked + ": " + std::string(lead_of(outcome.trouble));
  text += outcome.detail.empty() ? "" : ": " + printable(outcome.detail);
  return std::make_exception_ptr(Error(code_of(outcome.trouble), text));
}

}  // namespace celldrift::http
